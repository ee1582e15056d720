"""Ids that are the same again for the same random numbers."""

from random import Random
from uuid import UUID

VERSION_4 = 0x4000_8000_0000_0000_0000
RANDOM = (1 << 128) - 1 ^ 0xF000_C000_0000_0000_0000


def new_id(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128) & RANDOM | VERSION_4)


def new_id_bytes(rng: Random) -> bytes:
    """The same for what is only written: the class takes longer than all the rest."""
    return (rng.getrandbits(128) & RANDOM | VERSION_4).to_bytes(16)
