"""Tags: what JSON is."""

from msgspec import Struct


class Tag(Struct):
    """A tag, and how many of the latest tagged requests have it."""

    name: str
    count: int


class Tags(Struct):
    tags: list[Tag]
