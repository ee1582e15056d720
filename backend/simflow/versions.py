"""`ETag` tells the version of a thing, `If-Match` which versions of it a caller is willing to change."""

from typing import Annotated

from litestar.datastructures import ResponseHeader
from litestar.params import HeaderParameter

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description='The version to change, as `"5"`.')]
ETAG = ResponseHeader(name="ETag", description='The version, as `"5"`.', documentation_only=True)


def etag(version: int) -> dict[str, str]:
    """The header of an answer that holds this version."""
    return {"ETag": f'"{version}"'}


def is_named(version: int, if_match: str | None) -> bool:
    """`If-Match` holds one or more quoted versions, or `*` for any; without it, any will do."""
    if if_match is None:
        return True
    named = {tag.strip().removeprefix("W/").strip('"') for tag in if_match.split(",")}
    return "*" in named or str(version) in named
