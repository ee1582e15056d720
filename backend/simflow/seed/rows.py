"""Brings stories into the database, through COPY."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from simflow.db.queries import Connection
from simflow.requests.workflow import CLOCK_STOPS, Status
from simflow.seed.copying import Encoded, copy, lines
from simflow.seed.ids import new_id
from simflow.seed.story import Remark, Story
from simflow.seed.studies import AgreementRow, CriterionRow, Maker, MeasurementRow, Result, Study
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
LOG_COLUMNS = ("request_id", "user_id", "user_name", "action", "details", "internal", "created_at")
VALUE_COLUMNS = ("request_id", *ValueRow.__struct_fields__)
CRITERION_COLUMNS = CriterionRow._fields
MEASUREMENT_COLUMNS = (*MeasurementRow._fields[:-1], "measured_at")
AGREEMENT_COLUMNS = (*AgreementRow._fields[:-1], "agreed_at")
INFINITY = "infinity"
Row = tuple[Any, ...]


class Rows:
    """Rows of the tables, in the order of the columns above. `maker` makes the studies, where there are to be any."""

    def __init__(self, maker: Maker | None = None) -> None:
        self._maker = maker
        self.values: list[Row] = []
        self.criteria: list[Row] = []
        self.measurements: list[Row] = []
        self.agreements: list[Row] = []
        self.requests: list[Row] = []
        self.comments: list[Row] = []
        self.log: list[Row] = []
        self.periods: list[Row] = []

    def add(self, rng: Random, story: Story, remarks: Iterable[Remark]) -> None:
        """The story's last state, its comments, and the log of both in the order of time."""
        request_id = new_id(rng)
        engineer = story.engineer
        study = self._maker.study(request_id, story) if self._maker else None
        entered = _entered(story)
        self.periods += _periods(request_id, entered)
        self.requests.append(
            (
                request_id,
                story.title,
                story.description,
                story.topic.vendor,
                story.status,
                story.priority,
                story.creator.id,
                story.creator.name,
                engineer and engineer.id,
                engineer and engineer.name,
                story.hours,
                _time(story.created),
                _time(story.events[-1].at),
                len(story.events),
                story.due and _time(story.due).date(),
                story.tags,
                *_times(story.status, entered),
                study and study.study_type,
                study and study.form_id,
            )
        )
        log = [
            (event.at, (request_id, event.actor.id, event.actor.name, event.action, _json(event.details), False))
            for event in story.events
        ]
        for remark in remarks:
            comment_id, author = new_id(rng), remark.author
            self.comments.append(
                (
                    comment_id,
                    request_id,
                    author.id,
                    author.name,
                    author.role,
                    remark.content,
                    remark.internal,
                    _time(remark.at),
                )
            )
            details = _json({"commentId": comment_id, "internal": remark.internal})
            log.append((remark.at, (request_id, author.id, author.name, "commented", details, remark.internal)))
        if study:
            log += [
                (at, (request_id, who.id, who.name, "measured", _json(details), False))
                for at, who, details in self._add_study(request_id, study)
            ]
        log.sort(key=lambda line: line[0])
        self.log += [(*row, _time(at)) for at, row in log]

    def _add_study(self, request_id: UUID, study: Study) -> list[Result]:
        """The results, for the log."""
        self.values += [(request_id, *msgspec.structs.astuple(value)) for value in study.values]
        self.criteria += study.criteria
        self.measurements += [(*row[:-1], _time(row.at)) for row in sorted(study.measurements, key=lambda m: m.at)]
        self.agreements += [(*row[:-1], _time(row.at)) for row in study.agreements]
        return study.log

    def encoded(self) -> Encoded:
        """As COPY takes them."""
        return [
            ("requests", REQUEST_COLUMNS, lines(self.requests)),
            ("status_periods", PERIOD_COLUMNS, lines(self.periods)),
            ("comments", COMMENT_COLUMNS, lines(self.comments)),
            ("activity_log", LOG_COLUMNS, lines(self.log)),
            ("request_values", VALUE_COLUMNS, lines(self.values)),
            ("criteria", CRITERION_COLUMNS, lines(self.criteria)),
            ("measurements", MEASUREMENT_COLUMNS, lines(self.measurements)),
            ("criteria_agreements", AGREEMENT_COLUMNS, lines(self.agreements)),
        ]

    async def copy(self, tx: Connection) -> None:
        await copy(tx, self.encoded())


Entry = tuple[Status, datetime]


def _entered(story: Story) -> list[Entry]:
    """Which status it entered when. Assigning somebody else while it is reviewed leaves it where it is."""
    every: list[Entry] = []
    for event in story.events:
        status = Status(event.details["to"])
        if not every or every[-1][0] != status:
            every.append((status, _time(event.at)))
    return every


def _periods(request_id: UUID, entered: list[Entry]) -> list[Row]:
    left: list[datetime | str] = [*(at for _, at in entered[1:]), INFINITY]
    return [
        (request_id, seq, status, at, until)
        for seq, ((status, at), until) in enumerate(zip(entered, left, strict=True), 1)
    ]


def _times(status: Status, entered: list[Entry]) -> Row:
    """What the database tells of a request that lives in it: the columns from status_since to stopped_for."""
    started = next((at for what, at in entered if what == Status.IN_PROGRESS), None)
    completed = next((at for what, at in reversed(entered) if what == Status.COMPLETED), None)
    revisions = sum(what == Status.REVISION_REQUESTED for what, _ in entered)
    done = status in {Status.COMPLETED, Status.ACCEPTED}
    stopped = [
        left - at for (what, at), (_, left) in pairwise(entered) if what in CLOCK_STOPS and started and at >= started
    ]
    return (entered[-1][1], started, completed if done else None, revisions, sum(stopped, timedelta()))


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _json(details: dict[str, Any]) -> str:
    return msgspec.json.encode(details).decode()
