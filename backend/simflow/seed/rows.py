"""Brings stories into the database, through COPY."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise
from random import Random

from simflow.db.queries import Connection
from simflow.requests.workflow import CLOCK_STOPS, Status
from simflow.seed.copying import (
    FALSE,
    INFINITY,
    LENGTH_OF_ID,
    NULL,
    TRUE,
    Encoded,
    copy,
    interval,
    jsonb,
    microseconds,
    moment,
    number,
    row,
    table,
    text,
    uuid,
    word,
)
from simflow.seed.ids import new_id, new_id_bytes
from simflow.seed.story import Remark, Story
from simflow.seed.studies import AgreementRow, CriterionRow, Maker, MeasurementRow, Study
from simflow.study.models import ValueRow

REQUEST_COLUMNS = (
    "id", "title", "description", "vendor", "status", "priority", "created_by", "created_by_name", "assigned_to",
    "assigned_to_name", "estimated_hours", "created_at", "updated_at", "version", "due_date", "tags", "status_since",
    "started_at", "completed_at", "revisions", "stopped_for", "study_type", "form_id",
)  # fmt: skip
COMMENT_COLUMNS = (
    "id", "request_id", "author_id", "author_name", "author_role", "content", "internal", "created_at",
)  # fmt: skip
PERIOD_COLUMNS = ("request_id", "seq", "status", "entered_at", "left_at")
LOG_COLUMNS = ("id", "request_id", "user_id", "user_name", "action", "details", "internal", "created_at")
VALUE_COLUMNS = ("request_id", *ValueRow.__struct_fields__)
CRITERION_COLUMNS = CriterionRow._fields
MEASUREMENT_COLUMNS = (*MeasurementRow._fields[:-1], "measured_at")
AGREEMENT_COLUMNS = (*AgreementRow._fields[:-1], "agreed_at")


class Rows:
    """Rows of the tables, in the order of the columns above. `maker` makes the studies, where there are to be any."""

    def __init__(self, maker: Maker | None = None) -> None:
        self._maker = maker
        self.values: list[bytes] = []
        self.criteria: list[bytes] = []
        self.measurements: list[bytes] = []
        self.agreements: list[bytes] = []
        self.requests: list[bytes] = []
        self.comments: list[bytes] = []
        self.log: list[bytes] = []
        self.periods: list[bytes] = []

    def add(self, rng: Random, story: Story, remarks: Iterable[Remark]) -> None:
        """The story's last state, its comments, and the log of both in the order of time."""
        request_id = new_id(rng)
        its = uuid(request_id)
        study = self._maker.study(request_id, story) if self._maker else None
        entered = _entered(story)
        self.periods += _periods(its, entered)
        self.requests.append(
            row(
                its,
                story.title,
                story.description,
                story.topic.vendor,
                story.status,
                story.priority,
                story.creator.written,
                story.engineer.written if story.engineer else NULL + NULL,
                story.hours,
                moment(story.created),
                moment(story.events[-1].at),
                len(story.events),
                story.due and datetime.fromtimestamp(story.due, UTC).date(),
                story.tags,
                _times(story.status, entered),
                study and study.study_type,
                study and study.form_id,
            )
        )
        log = [(e.at, e.actor.written + word(e.action) + jsonb(e.details) + FALSE) for e in story.events]
        for remark in remarks:
            comment_id, author, internal = new_id(rng), remark.author, TRUE if remark.internal else FALSE
            comment = (
                uuid(comment_id),
                its,
                author.written,
                word(author.role),
                text(remark.content),
                internal,
                moment(remark.at),
            )
            self.comments.append(b"".join(comment))
            details = jsonb({"commentId": comment_id, "internal": remark.internal})
            log.append((remark.at, author.written + COMMENTED + details + internal))
        if study:
            self._add_study(its, study)
            log += [(at, person.written + MEASURED + jsonb(details) + FALSE) for at, person, details in study.log]
        log.sort(key=_moment_of)
        self.log += [b"".join((LENGTH_OF_ID, new_id_bytes(rng), its, line, moment(at))) for at, line in log]

    def _add_study(self, its: bytes, study: Study) -> None:
        for v in study.values:
            base, entered = _fraction(v.number_value), _fraction(v.entered)
            self.values.append(row(its, v.field, v.text_value, base, entered, v.unit, v.date_value, v.person_id))
        for c in study.criteria:
            target, upper = _fraction(c.target), _fraction(c.upper)
            self.criteria.append(row(c.id, its, c.name, c.comparison, target, upper, c.unit, c.required))
        self.measurements += [row(*one[:-1], moment(one.at)) for one in sorted(study.measurements, key=lambda m: m.at)]
        self.agreements += [row(*one[:-1], moment(one.at)) for one in study.agreements]

    def encoded(self) -> Encoded:
        """As COPY takes them."""
        return [
            table("requests", REQUEST_COLUMNS, self.requests),
            table("status_periods", PERIOD_COLUMNS, self.periods),
            table("comments", COMMENT_COLUMNS, self.comments),
            table("activity_log", LOG_COLUMNS, self.log),
            table("request_values", VALUE_COLUMNS, self.values),
            table("criteria", CRITERION_COLUMNS, self.criteria),
            table("measurements", MEASUREMENT_COLUMNS, self.measurements),
            table("criteria_agreements", AGREEMENT_COLUMNS, self.agreements),
        ]

    async def copy(self, tx: Connection) -> None:
        await copy(tx, self.encoded())


COMMENTED, MEASURED = text("commented"), text("measured")
Entry = tuple[Status, float]


def _moment_of(line: tuple[float, bytes]) -> float:
    return line[0]


def _entered(story: Story) -> list[Entry]:
    """Which status it entered when. Assigning somebody else during the review leaves it there."""
    every: list[Entry] = []
    for event in story.events:
        status = event.details["to"]
        if not every or every[-1][0] != status:
            every.append((status, event.at))
    return every


def _periods(its: bytes, entered: list[Entry]) -> list[bytes]:
    moments = [*(moment(at) for _, at in entered), INFINITY]
    return [
        b"".join((its, number(seq), word(status), at, until))
        for seq, ((status, _), (at, until)) in enumerate(zip(entered, pairwise(moments), strict=True), 1)
    ]


def _times(status: Status, entered: list[Entry]) -> bytes:
    """What the database tells of a request that lives in it: the columns from status_since to stopped_for."""
    started = next((at for what, at in entered if what == Status.IN_PROGRESS), None)
    completed = next((at for what, at in reversed(entered) if what == Status.COMPLETED), None)
    revisions = sum(what == Status.REVISION_REQUESTED for what, _ in entered)
    done = status in {Status.COMPLETED, Status.ACCEPTED}
    stopped = [
        microseconds(left) - microseconds(at)
        for (what, at), (_, left) in pairwise(entered)
        if what in CLOCK_STOPS and started and at >= started
    ]
    return row(
        moment(entered[-1][1]),
        started and moment(started),
        completed and moment(completed) if done else None,
        revisions,
        interval(sum(stopped)),
    )


def _fraction(number: float | None) -> float | None:
    """Where a whole number may stand for one."""
    return None if number is None else float(number)
