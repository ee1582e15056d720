"""Readers of what a person wrote in the environment. Each raises ValueError with the end of a sentence."""

import ipaddress
from collections.abc import Callable
from enum import StrEnum
from zoneinfo import available_timezones

ON, OFF = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def as_text(text: str) -> str:
    """As it is."""
    return text


def as_switch(text: str) -> bool:
    """On or off, in the usual words."""
    if text.lower() not in ON | OFF:
        raise ValueError(f"must be 1 or 0, not {text!r}")
    return text.lower() in ON


def as_whole_number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers within bounds."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not {text!r}")
        return int(text)

    return read


def as_one_of(words: type[StrEnum]) -> Callable[[str], StrEnum]:
    """A reader of a few words."""

    def read(text: str) -> StrEnum:
        try:
            return words(text.lower())
        except ValueError:
            raise ValueError(f"must be {' or '.join(words)}, not {text!r}") from None

    return read


def as_time_zone(text: str) -> str:
    """The name of a time zone, as in the IANA database."""
    if text not in available_timezones():
        raise ValueError(f"must be the name of a time zone such as Europe/Berlin, not {text!r}")
    return text


def as_networks(text: str) -> tuple[str, ...]:
    """Addresses and networks, divided by commas or spaces; `none` for none."""
    words = text.replace(",", " ").split()
    if words == ["none"]:
        return ()
    for word in words:
        try:
            ipaddress.ip_network(word)
        except ValueError:
            raise ValueError(f"must list addresses and networks such as 10.0.0.0/8, not {word!r}") from None
    return tuple(words)
