"""Types of study, their forms, and values: what a row is, what JSON is."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct, field

from simflow.errors import Problem
from simflow.text import STORABLE, form

SLUG = form(
    "^[a-z][a-z0-9-]{0,39}$",
    "must be small letters, digits and hyphens, 40 at most, with a letter first, such as cycle-time",
)
FIELD_NAME = form(
    "^[a-z][a-z0-9_]{0,39}$",
    "must be small letters, digits and underscores, 40 at most, with a letter first, such as cycle_time",
)
Slug = Annotated[str, Meta(min_length=1, max_length=40, pattern=SLUG)]
FieldName = Annotated[str, Meta(min_length=1, max_length=40, pattern=FIELD_NAME)]
Label = Annotated[str, Meta(min_length=1, max_length=100, pattern=STORABLE)]
Unit = Annotated[str, Meta(min_length=1, max_length=30, pattern=STORABLE)]
Choice = Annotated[str, Meta(min_length=1, max_length=200, pattern=STORABLE)]
Text = Annotated[str, Meta(max_length=1000)]
Position = Annotated[int, Meta(ge=0, le=10_000)]


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    PERSON = "person"
    FILE = "file"


class Required(StrEnum):
    """When a field must have a value."""

    NEVER = "never"
    SUBMISSION = "submission"
    COMPLETION = "completion"


class Comparison(StrEnum):
    AT_MOST = "<="
    AT_LEAST = ">="
    EQUAL = "="
    BETWEEN = "between"
    JUDGED = "judged"


class NewField(Struct, rename="camel", forbid_unknown_fields=True):
    """`vendor` restricts it to requests for that vendor, however it is spelt. Bounds are in the field's unit."""

    name: FieldName
    label: Label
    kind: Kind
    required: Required = Required.NEVER
    vendor: Label | None = None
    unit: Unit | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: Annotated[list[Choice], Meta(max_length=100)] = []
    help: Text = ""


class Field(Struct, rename="camel"):
    """`vendor` is null for all vendors. Bounds are in the field's unit. A file is a path or an address."""

    name: str
    label: str
    kind: Kind
    required: Required
    vendor: str | None
    unit: str | None
    minimum: float | None
    maximum: float | None
    choices: list[str]
    help: str


class NewTemplate(Struct, rename="camel", forbid_unknown_fields=True):
    """A criterion that is proposed for each new request of a type."""

    name: Annotated[str, Meta(min_length=1, max_length=255, pattern=STORABLE)]
    comparison: Comparison
    target: float | None = None
    upper: float | None = None
    unit: Unit | None = None
    required: bool = True


class CriterionTemplate(Struct, rename="camel"):
    name: str
    comparison: Comparison
    target: float | None
    upper: float | None
    unit: str | None
    required: bool


class StudyTypeRow(Struct):
    """`fields` and `criteria` are JSON text."""

    id: str
    name: str
    description: str
    active: bool
    position: int
    form_id: UUID
    version: int
    fields: str
    criteria: str


class FormRow(Struct):
    """`fields` is JSON text."""

    id: UUID
    fields: str


class StudyType(Struct, rename="camel"):
    """`version` counts its changes; a request keeps the form that it was given."""

    id: str
    name: str
    description: str
    active: bool
    position: int
    version: int
    fields: list[Field]
    criteria: list[CriterionTemplate]


class StudyTypes(Struct, rename="camel"):
    study_types: list[StudyType]


class OneStudyType(Struct, rename="camel"):
    study_type: StudyType


class StaleStudyTypeProblem(Problem, kw_only=True):
    """The type of study as it is now, if there is one."""

    study_type: StudyType | None = field(name="studyType")


class StudyTypeChange(Struct, rename="camel", forbid_unknown_fields=True):
    """The whole type as it is to be."""

    name: Label
    fields: Annotated[list[NewField], Meta(max_length=60)]
    criteria: Annotated[list[NewTemplate], Meta(max_length=60)] = []
    description: Text = ""
    active: bool = True
    position: Position = 0


class ValueRow(Struct):
    """A value in the column of its kind; a person's name is in `text_value`."""

    field: str
    text_value: str | None
    number_value: float | None
    entered: float | None
    unit: str | None
    date_value: date | None
    person_id: UUID | None

    def plain(self) -> "FieldValue":
        """For a list."""
        if self.entered is not None:
            return FieldValue(self.entered, self.unit)
        return FieldValue(self.told(), None)

    def told(self) -> str:
        """For people, and for the log."""
        if self.entered is not None:
            return f"{self.entered:.10g}" + (f" {self.unit}" if self.unit else "")
        return self.date_value.isoformat() if self.date_value else self.text_value or ""


class ValueOf(ValueRow):
    request_id: UUID


class FieldValue(Struct):
    """`value` is a number in `unit` as it was typed, a date, or text; of a person the name."""

    value: float | str
    unit: str | None


class FormVersion(Struct):
    """`fields` is JSON text."""

    study_type: str
    is_present: bool
    fields: str


class ToldValues(Struct):
    """All values of a request in one line."""

    request_id: UUID
    data: str


class Value(Struct):
    """`value` is text, a number in `unit`, a date or a person's id; `text` says it to people."""

    label: str
    kind: Kind
    value: Any
    unit: str | None
    text: str


class RequestForm(Struct, rename="camel"):
    """The form that a request has, and its values by the names of fields.

    `missing` are the names of fields that completion waits for.
    """

    study_type: str | None
    fields: list[Field]
    values: dict[str, Value]
    missing: list[str]
