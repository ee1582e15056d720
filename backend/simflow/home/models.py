"""Home: what somebody finds in the morning."""

from uuid import UUID

from msgspec import Struct

from simflow.requests.filters import Filters
from simflow.statistics.narrowing import Figure


class Figures(Struct, rename="camel"):
    """Over everything that the caller may see. What is meant for managers and admins is null for others.

    `waitingForMe` is in the caller's hands; `mine` are open requests that the caller created; `inbox` waits for a
    manager; `stuck` is open, not waiting for an answer, and has had its status for longer than `stuckDays`;
    `completedLately` was completed in the last 7 days.
    """

    waiting_for_me: Figure
    mine: Figure
    unassigned: Figure | None
    inbox: Figure | None
    stuck: Figure
    completed_lately: Figure
    open: Figure


class Load(Struct, rename="camel"):
    """An active engineer's assigned open work; `openHours` are estimated. `version` is that of the person."""

    engineer_id: UUID
    name: str
    weekly_hours: int
    open_requests: int
    open_hours: int
    version: int
    filters: Filters


class Check(Struct):
    name: str
    ok: bool


class Team(Struct, rename="camel"):
    """People, jobs and health. `jobsWaiting` are due and not done, `jobsFailed` have failed for good."""

    people: dict[str, int]
    inactive: int
    jobs_waiting: int
    jobs_failed: int
    database_bytes: int
    version: str
    ready: list[Check]


class Home(Struct, rename="camel"):
    """`load` is of the 30 engineers with the most weeks of work, these first, or of all `engineers`, for managers and
    admins, and an engineer's own for them; `team` is for admins."""

    figures: Figures
    by_status: dict[str, Figure]
    load: list[Load] | None
    engineers: int | None
    team: Team | None
