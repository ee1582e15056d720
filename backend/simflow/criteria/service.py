"""Decides about acceptance criteria: two sides agree to them, and the team records results round by round."""

from typing import Any

import asyncpg
import msgspec

from simflow.criteria import parties, proposing, queries
from simflow.criteria.models import (
    Agreement,
    Agreements,
    Criterion,
    CriterionChange,
    CriterionRow,
    Measurement,
    MeasurementRow,
    NewCriterion,
    NewMeasurement,
    Sheet,
)
from simflow.db.queries import Connection
from simflow.errors import ClosedCriteria, FieldError, Forbidden, InvalidFields, MeasuredCriterion, NotFound, Stale
from simflow.requests import service as requests
from simflow.requests.models import Reference, Request
from simflow.study import service as study
from simflow.study import units
from simflow.study.criteria import check, is_met
from simflow.study.models import Comparison, CriterionTemplate
from simflow.users.models import User
from simflow.versions import is_named

WHO_CHANGES = "The requester, the assigned engineer or a manager may change the criteria until the work is completed."
WHO_MEASURES = "The assigned engineer or a manager records results, while the work is on."
CLOSED = {"criteria_closed", "measurements_closed"}


async def sheet(tx: Connection, person: User, request: Request) -> Sheet:
    """All there is to say about the criteria of a request."""
    rows = await queries.list_criteria.all(tx, request_id=request.id)
    results = await queries.list_measurements.all(tx, request_id=request.id)
    agreed = {row.side: row for row in await queries.list_agreements.all(tx, request_id=request.id)}
    at_rest = bool(results) and request.status in parties.AT_REST
    current = results[-1].round if at_rest else request.revisions + 1
    by_side = {side: Agreement(row.person_id, row.person_name, row.agreed_at) for side, row in agreed.items()}
    own = parties.sides(person, request)
    return Sheet(
        criteria=[_criterion(row, [r for r in results if r.criterion_id == row.id], current) for row in rows],
        round=current,
        agreement=Agreements(by_side.get(parties.REQUESTER), by_side.get(parties.TEAM)),
        can_change=parties.may_change(person, request),
        can_measure=bool(rows) and parties.may_measure(person, request),
        can_agree=bool(rows) and parties.may_change(person, request) and any(side not in agreed for side in own),
    )


async def add(tx: Connection, person: User, reference: Reference, new: NewCriterion) -> Sheet:
    """Raises `NotFound`, `Forbidden`, `ClosedCriteria`, `InvalidFields`."""
    request = await _changeable(tx, person, reference)
    _check(new.comparison, new.target, new.upper, new.unit)
    one = CriterionTemplate(new.name, new.comparison, new.target, new.upper, new.unit, new.required)
    await _guarded(proposing.insert(tx, request.id, [one]))
    return await _changed(tx, person, request, {"added": new.name})


async def propose(tx: Connection, person: User, reference: Reference) -> Sheet:
    """Those of the type's template that are not there yet. Raises `NotFound`, `Forbidden`, `ClosedCriteria`."""
    request = await _changeable(tx, person, reference)
    there = {row.name for row in await queries.list_criteria.all(tx, request_id=request.id)}
    new = [one for one in await study.template(tx, request.study_type) if one.name not in there]
    if not new:
        return await sheet(tx, person, request)
    await _guarded(proposing.insert(tx, request.id, new))
    return await _changed(tx, person, request, {"added": ", ".join(one.name for one in new)})


def find(whole: Sheet, criterion_id: str) -> Criterion:
    """Raises `NotFound`."""
    found = next((one for one in whole.criteria if str(one.id) == criterion_id.lower()), None)
    if found is None:
        raise NotFound
    return found


async def change(
    tx: Connection,
    person: User,
    reference: Reference,
    criterion_id: str,
    wanted: CriterionChange,
    if_match: str | None,
) -> Sheet:
    """Raises `NotFound`, `Forbidden`, `ClosedCriteria`, `Stale`, `InvalidFields`."""
    while True:
        request = await _changeable(tx, person, reference)
        row = await _named(tx, person, request, criterion_id, if_match)
        old = msgspec.structs.asdict(row)
        given = {
            name: value
            for name, value in msgspec.structs.asdict(wanted).items()
            if value is not msgspec.UNSET and (value is not None or name in ("target", "upper", "unit"))
        }
        differing = {name: {"from": old[name], "to": value} for name, value in given.items() if value != old[name]}
        if not differing:
            return await sheet(tx, person, request)
        values = old | given
        _check(Comparison(values["comparison"]), values["target"], values["upper"], values["unit"])
        if await _guarded(queries.update.one(tx, **values)):
            return await _changed(tx, person, request, {"criterion": row.name, "changes": differing})


async def remove(tx: Connection, person: User, reference: Reference, criterion_id: str, if_match: str | None) -> Sheet:
    """Raises `NotFound`, `Forbidden`, `ClosedCriteria`, `Stale`, `MeasuredCriterion`: results stay."""
    while True:
        request = await _changeable(tx, person, reference)
        row = await _named(tx, person, request, criterion_id, if_match)
        try:
            if await _guarded(queries.delete.one(tx, id=row.id, version=row.version)):
                return await _changed(tx, person, request, {"removed": row.name})
        except asyncpg.ForeignKeyViolationError:
            raise MeasuredCriterion from None


async def agree(tx: Connection, person: User, reference: Reference) -> Sheet:
    """Raises `NotFound`, `Forbidden` for whoever speaks for neither side, `ClosedCriteria`."""
    request = await _changeable(tx, person, reference)
    before = await sheet(tx, person, request)
    if before.can_agree:
        await _agree(tx, person, request)
        await _log(tx, person, request, "criteria_agreed", {"sides": parties.sides(person, request)})
    return await sheet(tx, person, request)


async def measure(tx: Connection, person: User, reference: Reference, criterion_id: str, new: NewMeasurement) -> Sheet:
    """Raises `NotFound`, `Forbidden`, `ClosedCriteria` when no work is on, `InvalidFields`."""
    request = await requests.get(tx, reference)
    row = await _find(tx, request, criterion_id)
    if parties.TEAM not in parties.sides(person, request):
        raise Forbidden(WHO_MEASURES)
    if not parties.may_measure(person, request):
        raise ClosedCriteria(WHO_MEASURES)
    unit, passed = _verdict(row, new)
    await _guarded(
        queries.insert_measurement.run(
            tx,
            criterion_id=row.id,
            request_id=request.id,
            value=new.value,
            unit=unit,
            passed=passed,
            evidence=new.evidence,
            person=person.id,
            person_name=person.name,
        )
    )
    details = {
        "criterion": row.name,
        "value": new.value,
        "unit": unit,
        "passed": passed,
        "round": request.revisions + 1,
    }
    await _log(tx, person, request, "measured", details)
    return await sheet(tx, person, request)


def _verdict(row: CriterionRow, new: NewMeasurement) -> tuple[str | None, bool]:
    """The unit of the value, and whether it passes: computed where there is a target, else as it is judged."""
    if row.target is None:
        if new.value is not None or new.unit is not None:
            raise InvalidFields(FieldError("value", "does not go with a criterion that is judged; say passed instead"))
        if new.passed is None:
            raise InvalidFields(FieldError("passed", "is needed, true or false: this criterion is judged"))
        return None, new.passed
    errors = []
    if new.value is None:
        errors.append(FieldError("value", "is needed, a number such as 12.5"))
    if new.passed is not None:
        errors.append(FieldError("passed", "is computed from the value; leave it out"))
    unit = new.unit or row.unit
    try:
        if new.unit is not None and (row.unit is None or not units.fits(new.unit, row.unit)):
            errors.append(
                FieldError(
                    "unit",
                    f"must be {row.unit}, or a unit that can be told in it"
                    if row.unit
                    else "is not wanted here; leave it out",
                )
            )
    except ValueError as error:
        errors.append(FieldError("unit", str(error)))
    if errors or new.value is None:
        raise InvalidFields(*errors)
    value = units.convert(new.value, unit, row.unit) if unit and row.unit else new.value
    return unit, is_met(Comparison(row.comparison), value, row.target, row.upper)


def _criterion(row: CriterionRow, results: list[MeasurementRow], current: int) -> Criterion:
    now = [r for r in results if r.round == current and r.criterion_version == row.version]
    verdict = "open" if not now else "passed" if now[-1].passed else "failed"
    latest = now[-1].id if now else None
    told = [
        Measurement(r.id, r.round, r.value, r.unit, r.passed, r.evidence, r.measured_by, r.measured_by_name,
                    r.measured_at, r.id == latest)
        for r in results
    ]  # fmt: skip
    values = {name: getattr(row, name) for name in CriterionRow.__struct_fields__}
    values["comparison"] = Comparison(row.comparison)
    return Criterion(**values, verdict=verdict, measurements=told)


async def _changeable(tx: Connection, person: User, reference: Reference) -> Request:
    request = await requests.get(tx, reference)
    if not parties.sides(person, request):
        raise Forbidden(WHO_CHANGES)
    if request.status in parties.CLOSED:
        raise ClosedCriteria
    return request


async def _find(tx: Connection, request: Request, criterion_id: str) -> CriterionRow:
    rows = await queries.list_criteria.all(tx, request_id=request.id)
    row = next((row for row in rows if str(row.id) == criterion_id.lower()), None)
    if row is None:
        raise NotFound
    return row


async def _named(
    tx: Connection, person: User, request: Request, criterion_id: str, if_match: str | None
) -> CriterionRow:
    """The criterion, in one of the versions that the caller is willing to change."""
    row = await _find(tx, request, criterion_id)
    if not is_named(row.version, if_match):
        now = find(await sheet(tx, person, request), criterion_id)
        raise Stale(
            "Somebody else changed this criterion in the meantime.", extra={"criterion": msgspec.to_builtins(now)}
        )
    return row


def _check(comparison: Comparison, target: float | None, upper: float | None, unit: str | None) -> None:
    try:
        check(comparison, target, upper, unit)
    except ValueError as error:
        field = "unit" if "unit" in str(error) else "upper" if "upper" in str(error) else "target"
        raise InvalidFields(FieldError(field, str(error))) from None


async def _guarded(statement: Any) -> Any:
    """What the database refuses because somebody was quicker is refused as we would have."""
    try:
        return await statement
    except asyncpg.CheckViolationError as error:
        if error.constraint_name in CLOSED:
            raise ClosedCriteria from None
        raise


async def _changed(tx: Connection, person: User, request: Request, details: dict[str, Any]) -> Sheet:
    """Whoever changes the criteria agrees to them for their side; the other side is asked anew."""
    await _agree(tx, person, request)
    await _log(tx, person, request, "criteria_changed", details)
    return await sheet(tx, person, request)


async def _agree(tx: Connection, person: User, request: Request) -> None:
    sides = parties.sides(person, request)
    await queries.agree.run(tx, request_id=request.id, person=person.id, person_name=person.name, sides=sides)


async def _log(tx: Connection, person: User, request: Request, action: str, details: dict[str, Any]) -> None:
    await queries.log.run(
        tx,
        request_id=request.id,
        person=person.id,
        person_name=person.name,
        action=action,
        details=msgspec.json.encode(details).decode(),
    )
