"""Ids that are the same again for the same random numbers."""

from functools import lru_cache
from random import Random
from uuid import UUID

VERSION_4 = 0x4000_8000_0000_0000_0000
RANDOM = (1 << 128) - 1 ^ 0xF000_C000_0000_0000_0000


def new_id(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128) & RANDOM | VERSION_4)


@lru_cache(1000)
def _bits(count: int) -> tuple[int, int]:
    """`RANDOM` and `VERSION_4` so many times, side by side."""
    return int.from_bytes(RANDOM.to_bytes(16) * count), int.from_bytes(VERSION_4.to_bytes(16) * count)


def new_ids(rng: Random, count: int) -> list[bytes]:
    """The next ids, for what is only written: one long number is quicker than many, and than their class."""
    random, version = _bits(count)
    data = (rng.getrandbits(128 * count) & random | version).to_bytes(16 * count)
    # What comes first is lowest.
    return [data[at : at + 16] for at in range(16 * count - 16, -1, -16)]


def written(its: bytes) -> str:
    """As people read it."""
    digits = its.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
