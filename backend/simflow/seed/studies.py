"""What made-up requests say about their study: values in the type's form, criteria, results round by round."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from simflow.db.queries import Connection
from simflow.requests.workflow import Status
from simflow.seed.definitions import DEFINITIONS, Definition, Span, Yardstick
from simflow.seed.ids import new_id
from simflow.seed.story import Person, Story
from simflow.seed.vocabulary import ROBOT_LIMITS
from simflow.study import queries, service, units
from simflow.study.models import Field, Kind, Required, ValueRow
from simflow.study.values import for_vendor

in_base = cache(units.in_base)
"""Few numbers come again and again, and pint takes its time."""
AT_WORK = {Status.IN_PROGRESS, Status.ON_HOLD}
MISSED = 0.25
"""How many first measurements miss their target."""

TEXTS: Mapping[str, tuple[str, ...]] = {
    "station": ("40R", "40L", "110", "120R", "OP 30", "OP 50", "ST 210", "ST 215"),
    "software_version": ("V9.40P/52", "V8.7.5", "7.15.2", "4.12.00", "V2.9.4", "RW 7.13"),
    "tool": ("C-gun 4711-02", "X-gun 0815-11", "Gripper G-210", "Roller head RH-3", "Sealer nozzle N8"),
    "fixture_revision": ("A", "B", "C2", "D", "E1"),
    "neighbours": ("Two on the left, one above", "The turntable and its robot", "The next station's gripper robot"),
    "variants": ("60 % left-hand drive, 40 % right-hand drive", "Three wheelbases, evenly", "One body, two roofs"),
    "material": ("EN AW-6082 T6", "S355J2", "CFRP, quasi-isotropic", "EN AW-7075 T651"),
}
FILES: Mapping[str, tuple[str, ...]] = {
    "cad": (r"\\share\cad\cell-40\layout-r7.jt", "https://pdm.example/parts/4711?rev=C", r"\\share\cad\body\framer.jt"),
    "plc_project": (r"\\share\plc\line-3\main_v41.zap17", r"\\share\plc\framer\safety_v12.zap18"),
}
EVIDENCE = (
    "Report, page 4.",
    "Model on the share, variant B.",
    "Longest of 40 runs.",
    "See https://reports.example/sim/{number}.",
    "Measured in the model with the real tool data.",
)


class CriterionRow(NamedTuple):
    id: UUID
    request_id: UUID
    name: str
    comparison: str
    target: float | None
    upper: float | None
    unit: str | None
    required: bool


class MeasurementRow(NamedTuple):
    id: UUID
    criterion_id: UUID
    request_id: UUID
    criterion_version: int
    round: int
    value: float | None
    unit: str | None
    passed: bool
    evidence: str | None
    measured_by: UUID
    measured_by_name: str
    at: float

    def told(self, name: str) -> dict[str, Any]:
        """As the log has it."""
        return {
            "criterion": name,
            "value": self.value,
            "unit": self.unit,
            "passed": self.passed,
            "round": self.round,
        }


class AgreementRow(NamedTuple):
    request_id: UUID
    side: str
    person_id: UUID
    person_name: str
    at: float


Result = tuple[float, Person, dict[str, Any]]
"""When it was recorded, by whom, and as the log tells it."""


@dataclass(slots=True)
class Study:
    """What a request says about its study."""

    study_type: str
    form_id: UUID
    values: list[ValueRow]
    criteria: list[CriterionRow] = field(default_factory=list)
    agreements: list[AgreementRow] = field(default_factory=list)
    measurements: list[MeasurementRow] = field(default_factory=list)
    log: list[Result] = field(default_factory=list)


Forms = Mapping[str, tuple[UUID, list[Field]]]
"""The forms of the types, by their ids."""


async def define(tx: Connection) -> Forms:
    """Makes the types of study, unless there are some. Returns those whose form is as it was made here.

    An admin may have said something else since: for that there are no made-up values.
    """
    if not await queries.list_types.all(tx, id=None):
        for position, (type_id, definition) in enumerate(DEFINITIONS.items()):
            await service.define(tx, type_id, definition.change(10 * position))
    rows = await queries.list_types.all(tx, id=None)
    forms = {row.id: (row.form_id, msgspec.json.decode(row.fields, type=list[Field])) for row in rows}
    return {type_id: form for type_id, form in forms.items() if form[1] == _fields(type_id)}


def _fields(type_id: str) -> list[Field]:
    definition = DEFINITIONS.get(type_id)
    return msgspec.convert(msgspec.to_builtins(definition.fields), list[Field]) if definition else []


class Round(NamedTuple):
    """A span of work that led to results."""

    number: int
    begin: float
    end: float
    worker: Person
    is_done: bool


def rounds(story: Story, until: float) -> Iterator[Round]:
    number, begin, worker = 1, 0.0, None
    status = Status.SUBMITTED
    for event, engineer in zip(story.events, story.engineers, strict=True):
        before, status = status, Status(event.details["to"])
        if status == Status.IN_PROGRESS and before not in AT_WORK:
            begin, worker = event.at, engineer
        if event.action == "complete" and worker:
            yield Round(number, begin, event.at, worker, True)
        if event.action == "request_revision":
            number += 1
    if status in AT_WORK and worker:
        yield Round(number, begin, story.events[-1].at if status == Status.ON_HOLD else until, worker, False)


class Maker:
    """Makes the studies of stories; the same request has the same one each time."""

    def __init__(self, forms: Forms, people: list[Person], until: float, share: float = 1) -> None:
        """`share`: how many of those get one whose work has a form."""
        self._forms, self._people, self._until, self._share = forms, people, until, share
        self._for_vendor: dict[tuple[str, str], list[Field]] = {}

    def study(self, request_id: UUID, story: Story) -> Study | None:
        """None for a request without a type."""
        kind = story.topic.kind
        if kind is None or kind not in self._forms:
            return None
        rng = Random(request_id.int)  # noqa: S311  (no secret)
        if rng.random() >= self._share:
            return None
        form_id, _ = self._forms[kind]
        fields = self._fields(kind, story.topic.vendor)
        done = story.status in (Status.COMPLETED, Status.ACCEPTED, Status.REVISION_REQUESTED)
        made = Study(kind, form_id, self._values(rng, story, fields, done=done))
        self._criteria(rng, request_id, story, DEFINITIONS[kind], made)
        return made

    def _fields(self, kind: str, vendor: str) -> list[Field]:
        """Found once for all requests."""
        key = kind, vendor
        if key not in self._for_vendor:
            self._for_vendor[key] = list(for_vendor(self._forms[kind][1], vendor).values())
        return self._for_vendor[key]

    def _values(self, rng: Random, story: Story, fields: list[Field], *, done: bool) -> list[ValueRow]:
        rows = []
        for one in fields:
            sure = one.required == Required.SUBMISSION or (done and one.required == Required.COMPLETION)
            # Asked each time, so that the values are the same when a request has come further.
            share, row = rng.random(), self._value(rng, story, one)
            if sure or share < 0.6:
                rows.append(row)
        return rows

    def _value(self, rng: Random, story: Story, one: Field) -> ValueRow:
        robot = story.topic.robot if story.topic.robot in ROBOT_LIMITS else rng.choice(list(ROBOT_LIMITS))
        payload, reach = ROBOT_LIMITS[robot]
        match one.kind:
            case Kind.NUMBER:
                number = {
                    "payload": round(payload * rng.uniform(0.4, 0.9)),
                    "reach": reach,
                    "cycle_time": rng.choice((48, 52, 55, 58, 60)),
                    "availability": rng.randrange(85, 97),
                    "stations": rng.randrange(6, 24),
                    "io_points": 16 * rng.randrange(10, 90),
                }[one.name]
                return ValueRow(one.name, None, in_base(number, one.unit), number, one.unit, None, None)
            case Kind.DATE:
                day = datetime.fromtimestamp(story.created, UTC).date() + timedelta(days=rng.randrange(20, 90))
                return ValueRow(one.name, None, None, None, None, day, None)
            case Kind.PERSON:
                person = rng.choice(self._people)
                return ValueRow(one.name, person.name, None, None, None, None, person.id)
            case Kind.CHOICE:
                text = rng.choice(one.choices)
            case Kind.FILE:
                text = rng.choice(FILES[one.name])
            case Kind.TEXT:
                text = robot if one.name == "robot_model" else rng.choice(TEXTS[one.name])
        return ValueRow(one.name, text, None, None, None, None, None)

    def _criteria(self, rng: Random, request_id: UUID, story: Story, definition: Definition, made: Study) -> None:
        for yardstick in definition.yardsticks:
            t = yardstick.template
            row = CriterionRow(new_id(rng), request_id, t.name, t.comparison, t.target, t.upper, t.unit, t.required)
            made.criteria.append(row)
        sides = [("requester", story.creator, story.created)]
        sides += [("team", event.actor, event.at) for event in story.events if event.action == "accept_work"][-1:]
        made.agreements += [AgreementRow(request_id, side, who.id, who.name, at) for side, who, at in sides]
        for one in rounds(story, self._until):
            for criterion, yardstick in zip(made.criteria, definition.yardsticks, strict=True):
                if one.is_done or rng.random() < 0.6:
                    self._measure(rng, made, criterion, yardstick, one)

    def _measure(self, rng: Random, made: Study, criterion: CriterionRow, yardstick: Yardstick, one: Round) -> None:
        tries = [False, True] if yardstick.missed and rng.random() < MISSED else [True]
        if not one.is_done and rng.random() < 0.4:
            tries = tries[:1]
        share = 0.3
        for passed in tries:
            share += (0.95 - share) * rng.uniform(0.3, 0.8)
            value = _value_in(rng, yardstick.met if passed else yardstick.missed, criterion.unit)
            evidence = rng.choice(EVIDENCE).format(number=rng.randrange(200, 900)) if rng.random() < 0.7 else None
            row = MeasurementRow(
                new_id(rng), criterion.id, criterion.request_id, 1, one.number, value, criterion.unit, passed, evidence,
                one.worker.id, one.worker.name, one.begin + (one.end - one.begin) * share,
            )  # fmt: skip
            made.measurements.append(row)
            made.log.append((row.at, one.worker, row.told(criterion.name)))


def _value_in(rng: Random, span: Span | None, unit: str | None) -> float | None:
    """As people measure: counts are whole, small lengths are fine."""
    if span is None:
        return None
    return round(rng.uniform(*span), 0 if unit is None else 2 if span[1] < 1 else 1)
