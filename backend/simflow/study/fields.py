"""The fields that there are, by name, and what stands in them in many requests at once."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

import msgspec

from simflow.db.queries import Connection
from simflow.errors import FieldError, InvalidFields
from simflow.study import queries
from simflow.study.models import FIELD_NAME, Field, FieldName, FormVersion, ValueOf, ValueRow
from simflow.text import form

COLUMN = "field:"
"""What the name of a field follows where properties of a request have names too: in orders and in columns."""
MOST_TOLD = 40
Values = dict[UUID, dict[str, ValueRow]]
"""By the ids of requests, then by the names of fields."""


def or_field(names: Sequence[str], before: str = "") -> dict[str, object]:
    """For OpenAPI: one of these names, or that of a field."""
    words = f"must be {COLUMN} and the name of a field, such as {COLUMN}payload"
    pattern = form(f"^{before}{COLUMN}{FIELD_NAME.removeprefix('^')}", words)
    return {"oneOf": [{"type": "string", "enum": names}, {"type": "string", "pattern": pattern}]}


class Fields(msgspec.Struct):
    """`known` has every name that ever was in a form; `present` those of the present forms of the types asked for."""

    known: dict[str, Field]
    present: list[str]


async def fields(tx: Connection, types: Collection[str] = ()) -> Fields:
    """A field is told as these types have it today, else as another has it today, else as it was."""
    forms = await queries.list_forms.all(tx)
    forms.sort(key=lambda version: (version.study_type not in types, not version.is_present))
    known: dict[str, Field] = {}
    present: dict[str, None] = {}
    for version in forms:
        for field in _fields_of(version):
            known.setdefault(field.name, field)
            if version.is_present and version.study_type in types:
                present[field.name] = None
    return Fields(known, list(present))


async def require(tx: Connection, where: str, names: Iterable[str]) -> None:
    """Raises `InvalidFields`, at `where`, for names that no form has or had."""
    known = (await fields(tx)).known
    unknown = [name for name in names if name not in known]
    if unknown:
        told = ", ".join(sorted(known)[:MOST_TOLD]) or "none yet"
        more = f" and {len(known) - MOST_TOLD} more" if len(known) > MOST_TOLD else ""
        message = f"no type of study has the field {', '.join(unknown)}; there are {told}{more}"
        raise InvalidFields(FieldError(where, message))


async def require_in(tx: Connection, sort: str | None, columns: Iterable[str]) -> None:
    """The same for an order and for columns that are by fields."""
    if sort and COLUMN in sort:
        await require(tx, "sort", [sort.removeprefix("-").removeprefix(COLUMN)])
    if names := [name.removeprefix(COLUMN) for name in columns if name.startswith(COLUMN)]:
        await require(tx, "columns", names)


async def values_of(tx: Connection, ids: Collection[UUID], names: Collection[FieldName]) -> Values:
    """What these requests have in these fields."""
    found: Values = {one: {} for one in ids}
    rows: list[ValueOf] = await queries.list_values_of.all(tx, ids=list(ids), fields=list(names))
    for row in rows:
        found[row.request_id][row.field] = row
    return found


def _fields_of(form: FormVersion) -> list[Field]:
    return msgspec.json.decode(form.fields, type=list[Field])
