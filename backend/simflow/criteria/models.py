"""Acceptance criteria: what a row is, what JSON is."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from simflow.errors import Problem
from simflow.study.models import Comparison, Unit
from simflow.text import STORABLE

Name = Annotated[str, Meta(min_length=1, max_length=255, pattern=STORABLE)]
Evidence = Annotated[str, Meta(min_length=1, max_length=10_000, pattern=STORABLE)]


class CriterionRow(Struct):
    id: UUID
    name: str
    comparison: str
    target: float | None
    upper: float | None
    unit: str | None
    required: bool
    version: int


class MeasurementRow(Struct):
    id: UUID
    criterion_id: UUID
    criterion_version: int
    round: int
    value: float | None
    unit: str | None
    passed: bool
    evidence: str | None
    measured_by: UUID
    measured_by_name: str
    measured_at: datetime


class AgreementRow(Struct):
    side: str
    person_id: UUID
    person_name: str
    agreed_at: datetime


class Measurement(Struct, rename="camel"):
    """A result. `round` 1 is the first work, 2 that of the first revision.

    `isCurrent`: it is the latest of the round that counts, of the criterion as it is now.
    """

    id: UUID
    round: int
    value: float | None
    unit: str | None
    passed: bool
    evidence: str | None
    measured_by: UUID
    measured_by_name: str
    measured_at: datetime
    is_current: bool


class Criterion(Struct, rename="camel"):
    """`verdict` is `open`, `passed` or `failed`, of this round and of the criterion as it is now."""

    id: UUID
    name: str
    comparison: Comparison
    target: float | None
    upper: float | None
    unit: str | None
    required: bool
    version: int
    verdict: str
    measurements: list[Measurement]


class OneCriterion(Struct):
    criterion: Criterion


class StaleCriterionProblem(Problem, kw_only=True):
    """The criterion as it is now."""

    criterion: Criterion


class Agreement(Struct):
    """Who agreed for a side, and when."""

    id: UUID
    name: str
    at: datetime


class Agreements(Struct):
    requester: Agreement | None
    team: Agreement | None


class Sheet(Struct, rename="camel"):
    """All criteria of a request, who agreed to them as they stand, and what the caller may do.

    `round` is the one that counts now: that of the work that is on, or after it the last one with results.
    """

    criteria: list[Criterion]
    round: int
    agreement: Agreements
    can_change: bool
    can_measure: bool
    can_agree: bool


class NewCriterion(Struct, rename="camel", forbid_unknown_fields=True):
    """`target` and `upper` are in `unit`; `upper` belongs to `between`. A judged one has neither."""

    name: Name
    comparison: Comparison
    target: float | None = None
    upper: float | None = None
    unit: Unit | None = None
    required: bool = True


class CriterionChange(Struct, rename="camel", forbid_unknown_fields=True):
    """Only what is given is changed; null takes away."""

    name: Name | None = None
    comparison: Comparison | None = None
    target: float | UnsetType | None = UNSET
    upper: float | UnsetType | None = UNSET
    unit: Unit | UnsetType | None = UNSET
    required: bool | None = None


class NewMeasurement(Struct, rename="camel", forbid_unknown_fields=True):
    """`value` in `unit`, or in the criterion's; `passed` is for a criterion that is judged."""

    value: float | None = None
    unit: Unit | None = None
    passed: bool | None = None
    evidence: Evidence | None = None
