"""A number and the list behind it: the filters that were asked for, narrowed to what the number counts."""

from typing import Any

import msgspec
from msgspec import Struct

from simflow.errors import FieldError, InvalidFields
from simflow.requests.filters import Filters, Hands
from simflow.requests.workflow import OPEN

SOMEBODY = [Hands.MANAGER, Hands.ENGINEER, Hands.REQUESTER]
LATER, EARLIER = {"created_from", "completed_from"}, {"created_to", "completed_to", "status_before"}


class Figure(Struct):
    """How many, and the query of the list that shows exactly these."""

    count: int
    filters: Filters


def narrowed(filters: Filters, **wanted: Any) -> Filters:
    """Both what was asked for and this. Raises `InvalidFields` where one filter cannot say both."""
    for name, value in wanted.items():
        given = getattr(filters, name)
        if given is None or given == []:
            continue
        if name in LATER:
            wanted[name] = max(given, value)
        elif name in EARLIER:
            wanted[name] = min(given, value)
        elif isinstance(value, list):
            wanted[name] = [one for one in given if one in value]
        if not isinstance(wanted[name], list) and name not in LATER | EARLIER and wanted[name] != given:
            raise contradicts(name)
        if wanted[name] == []:
            raise contradicts(name)
    return msgspec.structs.replace(filters, **wanted)


def still_open(filters: Filters) -> Filters:
    """Only open work: what waits for somebody."""
    return filters if filters.waits_for else narrowed(filters, waits_for=SOMEBODY)


def contradicts(name: str) -> InvalidFields:
    wire = next(field.encode_name for field in msgspec.structs.fields(Filters) if field.name == name)
    return InvalidFields(FieldError(wire, "leaves nothing of what is counted here; leave it out"))


def then(filters: Filters) -> list[Any]:
    """The statuses of open work at another moment. Raises `InvalidFields` when another moment was asked for already."""
    if filters.as_of is not None or filters.status_then:
        raise InvalidFields(
            FieldError("asOf", "goes with a list, not with what tells of many moments itself; leave it out")
        )
    return list(OPEN)
