"""Whether the other end of a connection is one of those that a setting names."""

import ipaddress
from functools import lru_cache


@lru_cache(maxsize=4096)
def is_among(address: str | None, networks: tuple[str, ...]) -> bool:
    """False for what is no address, such as the path of a socket."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    return any(found in ipaddress.ip_network(network) for network in networks)
