"""The rule of what a text mentions."""

import pytest

from simflow.mentions.text import find

KNOWN = {"bob": [1], "bob manager": [2], "zoë o'brien": [3, 4], "müller": [5], "bob manager ii": [6]}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@Bob", [1]),
        ("@bob manager, please", [2]),
        ("Ask @Bob Manager.", [2]),
        ("@Bob Managers", [1]),
        ("@Bob Manager II", [6]),
        ("(@Zoë O'Brien)", [3, 4]),
        ("@MÜLLER and @Bob", [5, 1]),
        ("@Bob\nManager", [1]),
        ("@ Bob", []),
        ("bob@bob.com @@Bob", []),
        ("@Bobby", []),
        ("`@Bob` and ``@Bob ` @Bob``", []),
        ("```\n@Bob\n```\n@Müller", [5]),
        ("```\n@Bob", []),
        ("    ~~~\n@Bob", [1]),
        ("a ` tick @Bob", [1]),
        ("**@Bob**, [@Müller](x)", [1, 5]),
    ],
)
def test_people(text: str, people: list[int]) -> None:
    assert find(text).named(KNOWN) == people


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("SF-12", [12]),
        ("like sf-12, (SF-7) and SF-12.", [12, 7]),
        ("SF-12-3 XSF-1 SF-x SF-1234567890123456789 /requests/SF-9", []),
        ("`SF-12`", []),
        ("```\nSF-12\n```", []),
        ("**SF-3**", [3]),
    ],
)
def test_requests(text: str, numbers: list[int]) -> None:
    assert list(find(text).numbers) == numbers


def test_long_texts_take_no_time() -> None:
    for text in (
        "@" * 20_000,
        "`" * 20_000,
        "@a " * 6_000,
        "SF-1 " * 4_000,
        "```\n" * 5_000,
        "`a" * 10_000,
        "~~~\n`" * 4_000,
    ):
        found = find(text)
        assert len(found.people) <= 50
        assert len(found.numbers) <= 50
