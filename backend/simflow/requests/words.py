"""How words are looked for in what is written of a request, as SQL: `:word0` is the first, `:number0` that of a key."""

import re
from collections.abc import Sequence
from math import log

NOT_EMPTY = re.compile(rb"[^\0]")
LIKE_SPECIAL = re.compile(r"([\\%_])")
LONGEST_KEPT = 100
"""Characters that lie whole in one of the pieces into which `words_of` cuts."""
# Looked for request by request. OFFSET keeps the planner from reading all comments first.
HOLDS = """(
    r.title {match} OR r.description {match} OR r.number = :number{i}::bigint
    OR EXISTS (SELECT FROM comments c WHERE c.request_id = r.id AND c.content {match} OFFSET 0)
    OR EXISTS (SELECT FROM request_values v WHERE v.request_id = r.id AND v.text_value {match} OFFSET 0)
)"""
# Found by the words that are kept of each request, and request by request where those are stale.
FOUND = """r.id IN (
    SELECT w.request_id FROM request_words w
    WHERE {kept} AND w.request_id NOT IN (SELECT s.request_id FROM stale_words s)
    UNION ALL
    SELECT r.id FROM requests r WHERE r.id IN (SELECT s.request_id FROM stale_words s) AND {holds}
)"""
# The same, looked for request by request.
FOUND_HERE = """(
    EXISTS (SELECT FROM request_words w WHERE w.request_id = r.id AND {kept} OFFSET 0)
    AND r.id NOT IN (SELECT s.request_id FROM stale_words s)
    OR r.id IN (SELECT s.request_id FROM stale_words s) AND {holds}
)"""
# Found by the same words, by a function that looks at them past row-level security and keeps to it.
FOUND_FOR_PERSON = "r.id IN (SELECT f.id FROM requests_with_words(:patterns, :numbers, {forgiving}) AS f (id))"
# For each number of a request a bit: the first is the highest of its byte, while get_bit() counts from the lowest.
BIT = "CASE WHEN r.number < 8 * length(:said::bytea) THEN get_bit(:said::bytea, r.number # 7) ELSE 0 END"
HAS_BIT = f"({BIT}) <> 0"
"""So written, the planner expects nearly all to have it."""
A_THIRD_HAS_IT = f"(({BIT}) > 0) IS TRUE"
# The number of a word that only internal comments hold is negative.
KEPT = "w.words && (SELECT array_agg(l.id) || array_agg(-l.id) FROM lexicon l WHERE l.word {match})"
KEPT_OR_KEY = f"({KEPT} OR w.request_id = (SELECT n.id FROM requests n WHERE n.number = :number{{i}}::bigint))"  # noqa: S608


def holds(numbers: Sequence[int | None], *, forgiving: bool) -> str:
    """The condition for all words, `numbers` being what they are as keys; looked for in each request for itself."""
    match = "%> :word{i}" if forgiving else "ILIKE :word{i}"
    return " AND ".join(HOLDS.replace("{match}", match).replace("{i}", str(i)) for i in range(len(numbers)))


def found(numbers: Sequence[int | None], *, forgiving: bool, one_by_one: bool = False) -> str:
    """The same, found by an index, or `one_by_one` by the words that are kept of each; for who sees everything."""
    match = "%> :word{i}" if forgiving else "LIKE lower(:word{i})"
    kept = [
        (KEPT if number is None else KEPT_OR_KEY).replace("{match}", match).replace("{i}", str(i))
        for i, number in enumerate(numbers)
    ]
    places = FOUND_HERE if one_by_one else FOUND
    return places.replace("{kept}", " AND ".join(kept)).replace("{holds}", holds(numbers, forgiving=forgiving))


def found_for_person(*, forgiving: bool) -> str:
    """The same for who sees less."""
    return FOUND_FOR_PERSON.replace("{forgiving}", str(forgiving).lower())


def has_bit(share: float) -> str:
    """Whether a request has its bit in `:said`, so written that the planner expects about this share to have it."""
    return " AND ".join([A_THIRD_HAS_IT] * round(-log(share, 3))) or HAS_BIT


def numbers_of(said: bytes) -> list[int]:
    """Which numbers have a bit."""
    return [
        8 * found.start() + place
        for found in NOT_EMPTY.finditer(said)
        for place in range(8)
        if found[0][0] & 128 >> place
    ]


def like(word: str) -> str:
    """A pattern that finds the word anywhere, its own wildcards taken literally."""
    return "%" + LIKE_SPECIAL.sub(r"\\\1", word) + "%"
