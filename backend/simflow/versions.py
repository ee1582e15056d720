"""`If-Match`: which versions of a thing a caller is willing to change."""


def is_named(version: int, if_match: str | None) -> bool:
    """`If-Match` holds one or more quoted versions, or `*` for any; without it, any will do."""
    if if_match is None:
        return True
    named = {tag.strip().removeprefix("W/").strip('"') for tag in if_match.split(",")}
    return "*" in named or str(version) in named
