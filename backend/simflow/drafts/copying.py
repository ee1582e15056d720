"""What a request begins with that is made as a copy of another."""

from typing import Any

import msgspec

from simflow.db.queries import Connection
from simflow.drafts.models import Content
from simflow.errors import InvalidFields
from simflow.requests.models import Priority, Request
from simflow.study import queries, service
from simflow.study.models import Field, Kind, ValueRow


async def copied(tx: Connection, request: Request) -> Content:
    """All that was asked for, in the form that its type of study has now. Not by when, nor what came of it."""
    content = Content(
        title=request.title,
        description=request.description,
        vendor=request.vendor,
        priority=Priority(request.priority),
        tags=request.tags or None,
    )
    try:
        form, _ = await service.present_form(tx, request.study_type, request.vendor)
    except InvalidFields:  # the type is no longer in use
        return content
    if request.study_type is None:
        return content
    rows = await queries.list_values.all(tx, request_id=request.id)
    data = {row.field: _given(form.fields[row.field], row) for row in rows if row.field in form.fields}
    return msgspec.structs.replace(content, study_type=request.study_type, data=data or None)


def _given(field: Field, row: ValueRow) -> Any:
    """The value as the API takes it."""
    if field.kind == Kind.PERSON:
        return str(row.person_id) if row.person_id else None
    if row.entered is not None:
        return {"value": row.entered, "unit": row.unit} if row.unit else row.entered
    return row.date_value.isoformat() if row.date_value else row.text_value
