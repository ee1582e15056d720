"""Keeps what texts mention. Whom that concerns hears of it by the database's trigger."""

from uuid import UUID

from simflow.db.queries import Connection
from simflow.mentions import queries
from simflow.mentions.models import Namesake
from simflow.mentions.text import find


async def note(tx: Connection, request_id: UUID, comment_id: UUID | None, text: str, before: str = "") -> None:
    """Keeps what the text of a comment, or of the request itself, mentions now."""
    if text == before:
        return
    found = find(text)
    if not any(found) and not any(find(before)):
        return
    by_name: dict[str, list[Namesake]] = {}
    if found.people:
        for person in await queries.list_namesakes.all(tx, names=found.candidates):
            by_name.setdefault(person.lower_name, []).append(person)
    people = {person.id: person.name for person in found.named(by_name)}
    await queries.replace.run(
        tx,
        request_id=request_id,
        comment_id=comment_id,
        people=list(people),
        names=list(people.values()),
        numbers=found.numbers,
    )
