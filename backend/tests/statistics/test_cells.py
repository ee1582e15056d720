"""Charts that kept counts help to tell equal those that read every row, for each role and whatever is filtered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from simflow.db.embedded import EmbeddedServer
from simflow.requests.filters import Filters, Hands
from simflow.requests.models import Priority
from simflow.requests.workflow import Status
from simflow.settings import Settings
from simflow.statistics import charts, queries
from simflow.statistics.charts import Question
from simflow.statistics.span import Asked, span_of
from simflow.users.models import Role, User
from tests.conftest import signed_in_as
from tests.statistics.conftest import Desk

BECOMES = {"USER": "simflow_requester", "ENGINEER": "simflow_engineer", "MANAGER": "simflow_manager"}
NOW = datetime.now(UTC)
SPANS = [
    Asked(),
    Asked((NOW - timedelta(days=201)).date(), (NOW - timedelta(days=90)).date(), "Asia/Kathmandu"),
    Asked((NOW - timedelta(days=9)).date(), (NOW - timedelta(days=8)).date(), "America/New_York"),
]
FILTERS = [
    Filters(),
    Filters(vendor=["ABB"]),
    Filters(vendor=["ABB", "KUKA", "ABB"], priority=[Priority.HIGH]),
    Filters(study_type=["cycle-time"]),
    Filters(study_type=["cycle-time", "reach"], vendor=["ABB", "KUKA"], priority=[Priority.HIGH, Priority.LOW]),
    Filters(priority=[Priority.LOW, Priority.MEDIUM]),
    Filters(status=[Status.IN_PROGRESS, Status.ENGINEERING_REVIEW, Status.ACCEPTED]),
    Filters(waits_for=[Hands.ME]),
    Filters(waits_for=[Hands.ENGINEER], priority=[Priority.HIGH]),
    Filters(assigned_to=["me"]),
    Filters(created_by=["me"]),
    Filters(assigned_to=["none"]),
]


@pytest.mark.parametrize("role", BECOMES)
@pytest.mark.parametrize("asked", SPANS, ids=["now", "then", "aday"])
async def test_cells_tell_what_rows_tell(
    desk: Desk, server: EmbeddedServer, settings: Settings, role: str, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = await desk.owner.fetchval("SELECT current_database()")
    there = replace(settings, url=server.url(user="simflow_user", database=name))
    caller = desk.people[role]
    person = User(caller.id, role, None, Role(role), None, True, None)
    told = 0
    async with signed_in_as(there, BECOMES[role], str(caller.id)) as tx:
        for filters in FILTERS:
            question = Question(tx, person, filters, span_of(asked, NOW))
            samples = question.span.bounds[1:]

            async def counted(question: Question = question, samples: list[datetime] = samples) -> list[Any]:
                volumes = [await charts._counted(question, column) for column in ("vendor", "priority")]
                rows = [sorted(one, key=lambda row: row.value) for one in volumes]
                return [await charts._open_by_row(question, samples), *rows]

            among_cells = await counted()
            assert queries.count_open_among_cells.variants
            with monkeypatch.context() as patch:
                patch.setattr(charts, "tally", lambda *_, **__: None)
                patch.setattr(Question, "sides", lambda *_: None)
                by_row = await counted()
            assert among_cells[0] == by_row[0], filters
            for mine, other in zip(among_cells[1:], by_row[1:], strict=True):
                assert [(r.value, r.submitted, r.open, r.completed, r.count) for r in mine] == [
                    (r.value, r.submitted, r.open, r.completed, r.count) for r in other
                ], filters
                assert [r.cycle_median for r in mine] == pytest.approx([r.cycle_median for r in other])
                told += len(mine)
    assert told > 10, "a test of nothing"
