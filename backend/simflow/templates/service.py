"""Managers say what a new request may begin with."""

from uuid import UUID

import msgspec

from simflow.db.queries import Connection
from simflow.drafts.models import Content
from simflow.drafts.service import as_json
from simflow.errors import FieldError, Forbidden, InvalidFields, NotFound, Stale
from simflow.study import service as study
from simflow.study import values
from simflow.templates import queries
from simflow.templates.models import NewTemplate, Template, TemplateChanges, TemplateRow
from simflow.users.models import Role, User
from simflow.versions import is_named


def may_edit(person: User) -> bool:
    return person.role in (Role.MANAGER, Role.ADMIN)


async def every(tx: Connection) -> list[Template]:
    return [_template(row) for row in await queries.list_all.all(tx)]


async def create(tx: Connection, person: User, new: NewTemplate) -> Template:
    """Raises `Forbidden`, `InvalidFields` for values that its type of study would not take."""
    _require_manager(person)
    await _check(tx, new.content)
    return _template(await queries.insert.one(tx, name=new.name, content=as_json(new.content)))


async def change(
    tx: Connection, person: User, template_id: str, changes: TemplateChanges, if_match: str | None
) -> Template:
    """Raises `Forbidden`, `NotFound`, `Stale`, `InvalidFields` for values that its type of study would not take."""
    _require_manager(person)
    if changes.content is not None:
        await _check(tx, changes.content)
    while True:
        template = await _named(tx, template_id, if_match)
        row = await queries.change.first(
            tx,
            id=template.id,
            version=template.version,
            name=changes.name or template.name,
            content=as_json(changes.content or template.content),
        )
        if row is not None:
            return _template(row)


async def delete(tx: Connection, person: User, template_id: str, if_match: str | None) -> None:
    """Raises `Forbidden`, `NotFound`, `Stale`."""
    _require_manager(person)
    while True:
        template = await _named(tx, template_id, if_match)
        if await queries.delete.first(tx, id=template.id, version=template.version):
            return


async def _check(tx: Connection, content: Content) -> None:
    """Raises `InvalidFields` for what no request of its type of study could hold. Nothing needs to be there."""
    if content.due_date is not None:
        raise InvalidFields(FieldError("content.dueDate", "does not belong into a template: its day will pass"))
    try:
        form, _ = await study.present_form(tx, content.study_type, content.vendor or "")
        await values.read(tx, form.fields, content.data or {})
    except InvalidFields as wrong:
        raise InvalidFields(*(FieldError(f"content.{e.field}", e.message) for e in wrong.errors)) from None


async def _named(tx: Connection, template_id: str, if_match: str | None) -> Template:
    try:
        row = await queries.get.first(tx, id=UUID(template_id))
    except ValueError:
        row = None
    if row is None:
        raise NotFound
    template = _template(row)
    if not is_named(template.version, if_match):
        raise Stale(
            "Somebody else changed this template in the meantime.", extra={"template": msgspec.to_builtins(template)}
        )
    return template


def _template(row: TemplateRow) -> Template:
    return Template(
        id=row.id,
        name=row.name,
        content=msgspec.json.decode(row.content, type=Content),
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
    )


def _require_manager(person: User) -> None:
    if not may_edit(person):
        raise Forbidden("Managers define templates.")
