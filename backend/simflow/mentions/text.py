"""What a text mentions, by one rule: `@` and a full name, or a key such as SF-12; not in code, not within a word."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
CODE = re.compile(
    r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)|(?<!`)(`+)(?!`).*?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE
)
AT = re.compile(r"(?<![\w@./-])@(?=\w)")
KEY = re.compile(r"(?<![\w/-])SF-(\d{1,18})(?![\w-])", re.ASCII | re.IGNORECASE)
WORD_END = re.compile(r"\w(?!\w)")
MAX_MENTIONS = 50
"""More are no mentions."""
MAX_NAME = 255
MAX_WORDS = 10


class Found(NamedTuple):
    """Beginnings that may be a name, longest first, one sequence for each `@`; and the numbers of requests."""

    people: Sequence[Sequence[str]]
    numbers: Sequence[int]

    @property
    def candidates(self) -> list[str]:
        """Everything that may be a name, in lower case."""
        return sorted({name for names in self.people for name in names})

    def named(self, known: Mapping[str, Sequence[T]]) -> list[T]:
        """Those whose names they are, by name in lower case: the longest name at each place, with its namesakes."""
        chosen = (next((known[name] for name in names if name in known), ()) for names in self.people)
        return [one for ones in chosen for one in ones]


def find(text: str) -> Found:
    """What a text may mention; who is called that, the database knows."""
    if "@" not in text and not KEY.search(text):
        return Found((), ())
    plain = CODE.sub(" ", text)
    places = [match.end() for match in AT.finditer(plain)][:MAX_MENTIONS]
    numbers = list(dict.fromkeys(int(match[1]) for match in KEY.finditer(plain)))[:MAX_MENTIONS]
    return Found([_beginnings(plain[at : at + MAX_NAME]) for at in places], numbers)


def _beginnings(text: str) -> list[str]:
    line = text.partition("\n")[0].lower()
    ends = [match.end() for match in WORD_END.finditer(line)][:MAX_WORDS]
    return [line[:end] for end in reversed(ends)]
