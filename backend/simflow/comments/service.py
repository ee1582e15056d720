"""Decides who may add, change and withdraw which comment."""

from uuid import UUID

import msgspec

from simflow.comments import queries
from simflow.comments.models import Comment, CommentChange, CommentVersion, NewComment
from simflow.db.queries import Connection
from simflow.errors import Forbidden, NotFound, Stale, Withdrawn
from simflow.mentions import service as mentions
from simflow.requests import service as requests
from simflow.requests.models import Reference
from simflow.users.models import Role, User
from simflow.versions import is_named

MAY_READ_INTERNAL = {Role.ENGINEER, Role.MANAGER, Role.ADMIN}


async def add(tx: Connection, person: User, reference: Reference, new: NewComment) -> Comment:
    """Raises `NotFound`, or `Forbidden` for an internal comment of somebody who could not read it."""
    if new.internal and person.role not in MAY_READ_INTERNAL:
        await requests.get(tx, reference)
        raise Forbidden("Internal comments are for engineers, managers and admins.")
    comment = await queries.INSERT_BY[reference.column].first(
        tx,
        value=reference.value,
        person=person.id,
        person_name=person.name,
        person_role=person.role,
        content=new.content,
        internal=new.internal,
    )
    if comment is None:
        raise NotFound
    await mentions.note(tx, comment.request_id, comment.id, new.content)
    return comment


async def get(tx: Connection, reference: Reference, comment_id: str) -> Comment:
    """Raises `NotFound` when the request has no such comment, or none that the person may read."""
    subject = await requests.get(tx, reference)
    try:
        comment = await queries.get_visible.first(tx, id=UUID(comment_id), request_id=subject.id)
    except ValueError:
        raise NotFound from None
    if comment is None:
        raise NotFound
    return comment


async def edit(
    tx: Connection, person: User, reference: Reference, comment_id: str, change: CommentChange, if_match: str | None
) -> Comment:
    """Raises `NotFound`, `Forbidden` for somebody else's, `Withdrawn`, `Stale`."""
    while True:
        comment = await get(tx, reference, comment_id)
        _require_author(comment, person)
        if comment.withdrawn_at is not None:
            raise Withdrawn
        if not is_named(comment.version, if_match):
            raise Stale("This comment was changed in another window.", extra={"comment": msgspec.to_builtins(comment)})
        if comment.content == change.content:
            return comment
        changed = await queries.edit.first(
            tx,
            id=comment.id,
            version=comment.version,
            content=change.content,
            person=person.id,
            person_name=person.name,
            action="comment_edited",
        )
        if changed is not None:
            await mentions.note(tx, comment.request_id, comment.id, change.content, before=comment.content)
            return changed


async def withdraw(tx: Connection, person: User, reference: Reference, comment_id: str) -> Comment:
    """The stub that stays; the same again for one that is withdrawn already. Raises `NotFound`, `Forbidden`."""
    while True:
        comment = await get(tx, reference, comment_id)
        _require_author(comment, person)
        if comment.withdrawn_at is not None:
            return comment
        changed = await queries.withdraw.first(
            tx,
            id=comment.id,
            version=comment.version,
            person=person.id,
            person_name=person.name,
            action="comment_withdrawn",
        )
        if changed is not None:
            await mentions.note(tx, comment.request_id, comment.id, "", before=comment.content)
            return changed


async def history(tx: Connection, person: User, reference: Reference, comment_id: str) -> list[CommentVersion]:
    """Raises `NotFound`; so it does for a withdrawn comment of somebody else."""
    comment = await get(tx, reference, comment_id)
    if comment.withdrawn_at is not None and comment.author_id != person.id:
        raise NotFound
    versions = await queries.list_versions.all(tx, comment_id=comment.id)
    if comment.withdrawn_at is None:
        written = comment.edited_at or comment.created_at
        versions.append(CommentVersion(comment.version, comment.content, written))
    return versions


def _require_author(comment: Comment, person: User) -> None:
    if comment.author_id != person.id:
        raise Forbidden(f"Only its author ({comment.author_name}) may change a comment.")
