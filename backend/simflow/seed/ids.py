"""Ids that are the same again for the same random numbers."""

from random import Random
from uuid import UUID


def new_id(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
