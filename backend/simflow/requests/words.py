"""How a word is looked for in what is written of a request, as SQL: `:word0` is the word, `:number0` that of a key."""

import re

LIKE_SPECIAL = re.compile(r"([\\%_])")
# Found by indexes: for who sees everything, and a word that few requests have.
OCCURS = """r.id IN (
    SELECT s.id FROM requests s WHERE {texts}
    {union} SELECT c.request_id FROM comments c WHERE c.content {match}
    {union} SELECT v.request_id FROM request_values v WHERE v.text_value {match}
    {union} SELECT n.id FROM requests n WHERE n.number = {number}::bigint
)"""
# Looked for request by request. OFFSET keeps the planner from reading all comments first.
HOLDS = """(
    r.title {match} OR r.description {match} OR r.number = {number}::bigint
    OR EXISTS (SELECT FROM comments c WHERE c.request_id = r.id AND c.content {match} OFFSET 0)
    OR EXISTS (SELECT FROM request_values v WHERE v.request_id = r.id AND v.text_value {match} OFFSET 0)
)"""


def occurs(number: int, *, forgiving: bool, one_by_one: bool, any_will_do: bool) -> str:
    """The condition for a word; `any_will_do` where only whether there is one matters, so that no set need be made."""
    template = HOLDS if one_by_one else OCCURS
    # How alike a long description is takes milliseconds: not for everybody's.
    texts = "s.title {match}" if forgiving else "s.title {match} OR s.description {match}"
    template = template.replace("{texts}", texts).replace("{union}", "UNION ALL" if any_will_do else "UNION")
    match = f"%> :word{number}" if forgiving else f"ILIKE :word{number}"
    return template.replace("{match}", match).replace("{number}", f":number{number}")


def like(word: str) -> str:
    """A pattern that finds the word anywhere, its own wildcards taken literally."""
    return "%" + LIKE_SPECIAL.sub(r"\\\1", word) + "%"
