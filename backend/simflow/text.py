"""What texts have in common, and what people read of a text that is not of the form that is wanted."""

PATTERNS: dict[str, str] = {}
"""What to tell, by the pattern that a text does not match."""


def form(pattern: str, words: str) -> str:
    """The pattern, for OpenAPI and the checks. The words say what is wanted, with an example."""
    PATTERNS[pattern] = words
    return pattern


STORABLE = form(
    r"^[^\u0000]*[^\s\u0000][^\u0000]*$",
    "must hold something other than white space, such as a word, and no NUL character",
)
"""Not blank, and nothing that PostgreSQL cannot store. Length bounds hold after trimming."""
AN_ID = "7d0f8f3a-2c51-4c0b-9c5e-0a4a8b1f6e21"
"""An example."""
