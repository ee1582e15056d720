"""What an import would do: which entries are new, whom they name, and what cannot be taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from simflow.db.queries import Connection
from simflow.errors import FieldError
from simflow.imports import entries, queries
from simflow.imports.entries import Entries
from simflow.imports.export import read_export
from simflow.imports.models import CommentCounts, EntryProblem, OldRequest, Report, RequestCounts
from simflow.imports.people import Cast, Directory

MOST_NOTES = 50


@dataclass(slots=True)
class Plan:
    """What would happen."""

    total: int
    new: list[OldRequest]
    """In the order of their creation, which becomes that of their keys."""
    already_here: int
    cast: Cast
    problems: list[EntryProblem]
    notes: list[str]

    def report(self, *, dry_run: bool) -> Report:
        return Report(
            dry_run=dry_run,
            requests=RequestCounts(self.total, len(self.new), self.already_here, len(self.problems)),
            comments=CommentCounts(sum(len(request.comments) for request in self.new)),
            people=self.cast.listed(),
            problems=self.problems,
            notes=self.notes,
        )


def read(file: bytes) -> tuple[Entries, list[str]]:
    """The checked entries, and notes on what else the file holds. Takes a second for the largest files.

    Raises `NotJson` or `NotAnExport`.
    """
    found, others = read_export(file)
    checked = entries.check(found, datetime.now(UTC))
    notes = []
    if others:
        notes.append(f"Other keys of the browser storage are not taken: {_named(others)}.")
    if checked.unknown:
        notes.append(f"Fields that Sim-Flow does not know are not taken: {_named(sorted(checked.unknown))}.")
    return checked, notes


async def make(tx: Connection, checked: Entries, notes: list[str]) -> Plan:
    """Compares the entries with what is here already."""
    directory = Directory(await queries.list_people.all(tx))
    here = set(await queries.list_known_requests.all(tx, ids=[request.id for request in checked.valid]))
    comment_ids = [comment.id for request in checked.valid for comment in request.comments]
    comments = {c.id: c.request_id for c in await queries.list_known_comments.all(tx, ids=comment_ids)}
    problems, notes = list(checked.problems), list(notes)
    new: list[OldRequest] = []
    already_here = 0
    for request in checked.valid:
        if request.id in here:
            already_here += 1
            if missing := sum(comment.id not in comments for comment in request.comments):
                notes.append(
                    f"Entry {request.entry} is here already; comments of it that are not: {missing}, not taken."
                )
        elif errors := directory.ambiguous(request) + _taken_ids(request, comments):
            problems.append(entries.problem(request.entry, request.old_id, request.title, errors))
        else:
            new.append(request)
    problems.sort(key=lambda problem: problem.entry)
    new.sort(key=lambda request: (request.created_at, request.entry))
    cast = directory.identify(new)
    return Plan(checked.total, new, already_here, cast, problems, _limited(notes + cast.notes()))


def _taken_ids(request: OldRequest, comments: dict[UUID, UUID]) -> list[FieldError]:
    return [
        FieldError(f"comments[{index}].id", "is the id of a comment of another request here")
        for index, comment in enumerate(request.comments)
        if comment.id in comments
    ]


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(entries.shown(name)[:50] for name in names[:10])
    return shown + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def _limited(notes: list[str]) -> list[str]:
    if len(notes) <= MOST_NOTES:
        return notes
    return [*notes[:MOST_NOTES], f"There are {len(notes) - MOST_NOTES} more notes like these."]
