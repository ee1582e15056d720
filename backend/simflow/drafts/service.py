"""A draft becomes a request, or goes. It is its owner's alone: nobody else's is ever found."""

from datetime import timedelta
from uuid import UUID

import msgspec

from simflow.db.queries import Connection
from simflow.drafts import queries
from simflow.drafts.models import Content, Draft, DraftRow
from simflow.errors import FieldError, InvalidFields, NotFound, Stale, TooManyDrafts
from simflow.requests import service as requests
from simflow.requests.models import NewRequest, Request
from simflow.users.models import User
from simflow.versions import is_named
from simflow.web.call import as_struct

KEPT = timedelta(days=90)
"""After its last change; the worker's statement `clean_drafts` says the same."""
MOST = 100
"""Drafts of one person."""
MAX_BYTES = 200_000


async def own(tx: Connection) -> list[Draft]:
    return [_draft(row) for row in await queries.list_own.all(tx)]


async def get(tx: Connection, draft_id: str) -> Draft:
    """Raises `NotFound` when there is none, or none of the person's."""
    try:
        row = await queries.get_own.first(tx, id=UUID(draft_id))
    except ValueError:
        row = None
    if row is None:
        raise NotFound
    return _draft(row)


async def create(tx: Connection, person: User, content: Content) -> Draft:
    """Raises `TooManyDrafts`, `InvalidFields` for one that is too large."""
    row = await queries.insert.first(tx, person=person.id, content=as_json(content), most=MOST)
    if row is None:
        raise TooManyDrafts
    return _draft(row)


async def change(tx: Connection, draft_id: str, content: Content, if_match: str | None) -> Draft:
    """Raises `NotFound`, `Stale`, `InvalidFields` for one that is too large."""
    while True:
        draft = await _named(tx, draft_id, if_match)
        row = await queries.change.first(tx, id=draft.id, version=draft.version, content=as_json(content))
        if row is not None:
            return _draft(row)


async def delete(tx: Connection, draft_id: str, if_match: str | None) -> Draft:
    """The draft as it was. Raises `NotFound`, `Stale`."""
    while True:
        draft = await _named(tx, draft_id, if_match)
        if await queries.delete.first(tx, id=draft.id, version=draft.version):
            return draft


async def submit(tx: Connection, person: User, draft_id: str, if_match: str | None) -> Request:
    """The draft goes and a request is there, or neither. Raises `NotFound`, `Stale`, `InvalidFields` with all."""
    draft = await delete(tx, draft_id, if_match)
    return await requests.create(tx, person, as_struct(msgspec.to_builtins(draft.content), NewRequest))


def as_json(content: Content) -> str:
    """As it is kept. Raises `InvalidFields` for one that is too large."""
    text = msgspec.json.encode(content)
    if len(text) > MAX_BYTES:
        raise InvalidFields(FieldError("content", f"must have at most {MAX_BYTES} bytes; this has {len(text)}"))
    return text.decode()


async def _named(tx: Connection, draft_id: str, if_match: str | None) -> Draft:
    draft = await get(tx, draft_id)
    if not is_named(draft.version, if_match):
        detail = "This draft was changed in the meantime, in another window or on another device."
        raise Stale(detail, extra={"draft": msgspec.to_builtins(draft)})
    return draft


def _draft(row: DraftRow) -> Draft:
    return Draft(
        id=row.id,
        content=msgspec.json.decode(row.content, type=Content),
        created_at=row.created_at,
        updated_at=row.updated_at,
        expires_at=row.updated_at + KEPT,
        version=row.version,
    )
