"""Decides who may share, change and delete a saved view."""

from uuid import UUID

import msgspec

from simflow.db.queries import Connection
from simflow.errors import FieldError, Forbidden, InvalidFields, NotFound, Stale
from simflow.requests.filters import Conditions
from simflow.study.fields import require_in
from simflow.users.models import Role, User
from simflow.versions import is_named
from simflow.views import queries
from simflow.views.models import NewView, View, ViewChanges, ViewQuery, ViewRow

MAY_SHARE = {Role.ENGINEER, Role.MANAGER, Role.ADMIN}
MAY_EDIT_SHARED = {Role.ADMIN}


async def visible(tx: Connection, person: User) -> list[View]:
    return [_view(row, person) for row in await queries.list_visible.all(tx)]


async def get(tx: Connection, person: User, view_id: str) -> View:
    """Raises `NotFound` when there is none, or none that the person may see."""
    try:
        row = await queries.get_visible.first(tx, id=UUID(view_id))
    except ValueError:
        row = None
    if row is None:
        raise NotFound
    return _view(row, person)


async def create(tx: Connection, person: User, new: NewView) -> View:
    """Raises `InvalidFields` for a query that no list would take, `Forbidden` for who may not share."""
    await _require_query(tx, new.query, person)
    _require_sharing(person, shared=new.shared)
    row = await queries.insert.one(
        tx,
        name=new.name,
        layout=new.layout,
        query=_json(new.query),
        shared=new.shared,
        person=person.id,
        person_name=person.name,
    )
    return _view(row, person)


async def edit(tx: Connection, person: User, view_id: str, changes: ViewChanges, if_match: str | None) -> View:
    """Raises `NotFound`, `Stale`, `Forbidden`, `InvalidFields` for a query that no list would take."""
    if changes.query is not None:
        await _require_query(tx, changes.query, person)
    while True:
        view = await _editable(tx, person, view_id, if_match)
        shared = view.shared if changes.shared is None else changes.shared
        _require_sharing(person, shared=shared)
        if not shared and view.owner_id != person.id:
            raise Forbidden("Only its owner can make a shared view private.")
        row = await queries.change.first(
            tx,
            id=view.id,
            version=view.version,
            name=view.name if changes.name is None else changes.name,
            layout=view.layout if changes.layout is None else changes.layout,
            query=_json(view.query if changes.query is None else changes.query),
            shared=shared,
        )
        if row is not None:
            return _view(row, person)


async def delete(tx: Connection, person: User, view_id: str, if_match: str | None) -> None:
    """Raises `NotFound`, `Stale`, `Forbidden`."""
    while True:
        view = await _editable(tx, person, view_id, if_match)
        if await queries.delete.first(tx, id=view.id, version=view.version):
            return


async def _editable(tx: Connection, person: User, view_id: str, if_match: str | None) -> View:
    view = await get(tx, person, view_id)
    if not view.can_edit:
        raise Forbidden("Only its owner or an admin may change a shared view.")
    if not is_named(view.version, if_match):
        raise Stale("Somebody else changed this view in the meantime.", extra={"view": msgspec.to_builtins(view)})
    return view


def _view(row: ViewRow, person: User) -> View:
    values = msgspec.structs.asdict(row)
    values["query"] = msgspec.json.decode(row.query, type=ViewQuery)
    mine = row.owner_id == person.id
    return View(**values, can_edit=mine or (row.shared and person.role in MAY_EDIT_SHARED))


def _json(query: ViewQuery) -> str:
    return msgspec.json.encode(query).decode()


async def _require_query(tx: Connection, query: ViewQuery, person: User) -> None:
    """Raises `InvalidFields` for what a list would refuse."""
    try:
        Conditions(query, person)
        await require_in(tx, query.sort, query.columns or [])
    except InvalidFields as error:
        raise InvalidFields(*(FieldError(f"query.{e.field}", e.message) for e in error.errors)) from None


def _require_sharing(person: User, *, shared: bool) -> None:
    if shared and person.role not in MAY_SHARE:
        raise Forbidden("Engineers, managers and admins share views.")
