"""Made-up lives of requests: random walks through the real transition table, with plausible times."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from simflow.requests.models import Priority
from simflow.requests.workflow import DISCUSS, OFFERED, Status, Transition, Who
from simflow.seed.copying import row
from simflow.seed.texts import Topic
from simflow.users.models import Role

WEIGHTS: dict[Status, dict[str, int]] = {
    Status.SUBMITTED: {"start_review": 77, "assign": 12, "ask_information": 3, "deny": 4, "cancel": 4},
    Status.FEASIBILITY_REVIEW: {"approve": 72, "assign": 8, "ask_information": 9, "deny": 8, "cancel": 3},
    Status.INFORMATION_NEEDED: {"give_information": 88, "deny": 4, "cancel": 8},
    Status.RESOURCE_ALLOCATION: {"assign": 92, "ask_information": 1, "deny": 3, "cancel": 4},
    Status.ENGINEERING_REVIEW: {"accept_work": 71, "discuss": 20, "assign": 4, "unassign": 3, "cancel": 2},
    Status.DISCUSSION: {"resolve": 86, "assign": 5, "unassign": 5, "cancel": 4},
    Status.IN_PROGRESS: {"complete": 79, "hold": 16, "assign": 3, "unassign": 2},
    Status.ON_HOLD: {"resume": 86, "assign": 7, "unassign": 7},
    Status.COMPLETED: {"accept": 85, "request_revision": 15},
    Status.REVISION_REQUESTED: {"approve_revision": 66, "rescope": 14, "decline_revision": 15, "assign": 5},
    Status.DENIED: {"reopen": 10},
}
"""How likely each move is, out of its status; whatever else the table allows there gets 1."""
STAYS = {Status.DENIED: 90}
"""How likely nothing more happens to a request, among the weights above."""
HOURS_IN = {
    Status.SUBMITTED: 22,
    Status.FEASIBILITY_REVIEW: 40,
    Status.INFORMATION_NEEDED: 30,
    Status.RESOURCE_ALLOCATION: 45,
    Status.ENGINEERING_REVIEW: 18,
    Status.DISCUSSION: 30,
    Status.IN_PROGRESS: 110,
    Status.ON_HOLD: 120,
    Status.COMPLETED: 60,
    Status.REVISION_REQUESTED: 26,
    Status.DENIED: 70,
}
"""About how long a request stays there."""
ESTIMATES = (4, 8, 8, 12, 16, 16, 24, 24, 32, 40, 40, 60, 80, 120)
PRIORITIES = (Priority.LOW, Priority.MEDIUM, Priority.HIGH)
HOUR, DAY = 3600.0, 86400.0
DUE, TAGGED = 0.4, 0.3
"""The shares of requests with a due date, and with tags."""
TAGS = ("launch", "rework", "safety", "pilot", "quick check", "supplier", "model change", "ergonomics")
OPENS, CLOSES = 7 * HOUR, 17 * HOUR
MONDAY = 4 * DAY
"""The first Monday in Unix time; its first day was a Thursday."""
FRIDAY = 4


class Person:
    """`written`: id and name as two fields of COPY, once for all the rows of somebody."""

    __slots__ = ("id", "name", "role", "written")

    def __init__(self, person_id: UUID, name: str, role: Role) -> None:
        self.id, self.name, self.role = person_id, name, role
        self.written = row(person_id, name)


class Cast(NamedTuple):
    """Who takes part; nobody is missing. Those named first do most."""

    requesters: Sequence[Person]
    managers: Sequence[Person]
    engineers: Sequence[Person]

    @staticmethod
    def pick(rng: Random, people: Sequence[Person]) -> Person:
        return people[int(len(people) * rng.random() ** 1.7)]


class Event(NamedTuple):
    """A line of the log."""

    at: float
    actor: Person
    action: str
    details: dict[str, Any]


class Remark(NamedTuple):
    at: float
    author: Person
    content: str
    internal: bool


@dataclass(slots=True)
class Story:
    """A request as it is at the end, with all that led there. Times are Unix seconds."""

    topic: Topic
    title: str
    description: str
    priority: Priority
    creator: Person
    manager: Person
    created: float
    status: Status = Status.SUBMITTED
    engineer: Person | None = None
    hours: int | None = None
    events: list[Event] = field(default_factory=list)
    engineers: list[Person | None] = field(default_factory=list)
    """Who was assigned after each event."""
    due: float | None = None
    tags: list[str] = field(default_factory=list)


def _choices() -> dict[Status, tuple[list[Transition | None], list[int]]]:
    """The moves out of each status, and up to where each reaches when their weights lie side by side."""
    table: dict[Status, tuple[list[Transition | None], list[int]]] = {}
    for status in Status:
        moves: list[Transition | None] = [*OFFERED[status]]
        weights = [WEIGHTS[status].get(t.action, 1) for t in moves if t]
        if moves:
            table[status] = [*moves, None], list(accumulate([*weights, STAYS.get(status, 0)]))
    return table


CHOICES = _choices()


def route(rng: Random) -> list[Transition]:
    """Moves from Submitted to where nothing more happens."""
    moves: list[Transition] = []
    status = Status.SUBMITTED
    while status in CHOICES:
        possible, reach = CHOICES[status]
        move = possible[bisect(reach, rng.random() * reach[-1])]
        if move is None:
            break
        moves.append(move)
        status = move.to
    return moves


def waits(rng: Random, moves: Sequence[Transition]) -> list[float]:
    """Seconds that pass before each move."""
    statuses = [Status.SUBMITTED, *(move.to for move in moves)]
    return [HOUR * HOURS_IN[status] * rng.lognormvariate(-0.3, 0.8) for status in statuses[: len(moves)]]


def at_work(at: float) -> float:
    """The same moment, or one in the first hour of the next working day."""
    day, second = divmod(at - MONDAY, DAY)
    weekday = int(day % 7)
    if weekday <= FRIDAY and OPENS <= second <= CLOSES:
        return at
    if weekday < FRIDAY or (weekday == FRIDAY and second < OPENS):
        day += second > CLOSES
    else:
        day += 7 - weekday
    return MONDAY + day * DAY + OPENS + second / DAY * HOUR


def working_moment(begin: float, end: float, share: float) -> float:
    """The moment at which so great a share (below 1) of the working time between two Mondays has passed."""
    week, rest = divmod((end - begin) / (7 * DAY) * share, 1)
    day, rest = divmod(5 * rest, 1)
    return begin + (7 * week + day) * DAY + OPENS + rest * (CLOSES - OPENS)


def monday_before(at: float) -> float:
    return at - (at - MONDAY) % (7 * DAY)


def begin(rng: Random, cast: Cast, created: float, foreign: float = 0.02, long: float = 0.01) -> Story:
    """A request that was just submitted; the shares are those of `Topic.title_and_description`."""
    topic = Topic(rng)
    creator = cast.pick(rng, cast.requesters)
    title, description = topic.title_and_description(foreign, long)
    priority = rng.choices(PRIORITIES, (25, 50, 25))[0]
    story = Story(topic, title, description, priority, creator, cast.pick(rng, cast.managers), created)
    story.events.append(Event(created, creator, "created", {"to": story.status}))
    story.engineers.append(None)
    return story


def plan(rng: Random, story: Story, earliest: float, latest: float) -> None:
    """Gives some a due date between the two, and some tags."""
    if rng.random() < DUE:
        story.due = earliest + DAY * rng.randrange(int((latest - earliest) / DAY))
    if rng.random() < TAGGED:
        story.tags = sorted(rng.sample(TAGS, rng.randrange(1, 4)))


def advance(rng: Random, cast: Cast, story: Story, move: Transition, at: float) -> None:
    """Makes one move, with the line in the log that the API would write."""
    assert story.status in move.sources, move  # noqa: S101
    details: dict[str, Any] = {"from": story.status, "to": move.to}
    actor = _actor(rng, story, move)
    if move.needs_reason:
        details["reason"] = story.topic.reason(move.action)
    if move is DISCUSS and rng.random() < 0.5:
        details["suggestedHours"] = 2 * (story.hours or 8)
    if move.action == "assign":
        _assign(rng, cast, story, details)
    elif move.to == Status.RESOURCE_ALLOCATION and story.engineer is not None:
        details["engineer"] = {"from": story.engineer.name, "to": None}
        story.engineer = None
    story.status = move.to
    story.events.append(Event(at, actor, move.action, details))
    story.engineers.append(story.engineer)


def _actor(rng: Random, story: Story, move: Transition) -> Person:
    who = move.who[0] if rng.random() < 0.8 else move.who[-1]
    if who == Who.REQUESTER:
        return story.creator
    if who == Who.ASSIGNED_ENGINEER and story.engineer is not None:
        return story.engineer
    return story.manager


def _assign(rng: Random, cast: Cast, story: Story, details: dict[str, Any]) -> None:
    before = story.engineer
    engineer = cast.pick(rng, cast.engineers)
    if engineer is before and len(cast.engineers) > 1:
        engineer = cast.engineers[(cast.engineers.index(engineer) + 1) % len(cast.engineers)]
    hours = rng.choice(ESTIMATES)
    details["engineer"] = {"from": before and before.name, "to": engineer.name}
    details["estimatedHours"] = {"from": story.hours, "to": hours}
    story.engineer, story.hours = engineer, hours


def remarks(rng: Random, story: Story, count: int, until: float) -> list[Remark]:
    """Comments by those who had to do with the request when they wrote, in the order of time."""
    times = [event.at for event in story.events]
    ends = [*times[1:], min(times[-1] + 2 * DAY, until)]
    made: list[Remark] = []
    said: set[str] = set()
    for _ in range(count):
        part = int(len(times) * rng.random())
        at = times[part] + (ends[part] - times[part]) * rng.random()
        engineer = story.engineers[part]
        people = [story.creator, story.manager] + ([engineer, engineer] if engineer else [])
        author = people[int(len(people) * rng.random())]
        internal = author.role != Role.USER and rng.random() < 0.2
        content = story.topic.comment(internal=internal)
        if content in said:  # once more; in long talks something is said twice all the same
            content = story.topic.comment(internal=internal)
        said.add(content)
        made.append(Remark(at, author, content, internal))
    made.sort(key=lambda remark: remark.at)
    return made
