"""The people and requests of demo mode."""

import time
from random import Random

from simflow.auth import queries as auth
from simflow.auth.passwords import hash_password
from simflow.db.owner import run_as_owner
from simflow.db.queries import Connection
from simflow.requests.workflow import Status
from simflow.seed import people, queries, story, studies
from simflow.seed.rows import Rows
from simflow.seed.story import DAY, HOUR, Cast, Story
from simflow.users.demo import DEMO_PASSWORD, DEMO_PEOPLE, DemoUser

HOW_MANY = {
    Status.SUBMITTED: 7,
    Status.FEASIBILITY_REVIEW: 4,
    Status.INFORMATION_NEEDED: 2,
    Status.RESOURCE_ALLOCATION: 4,
    Status.ENGINEERING_REVIEW: 5,
    Status.DISCUSSION: 3,
    Status.IN_PROGRESS: 8,
    Status.ON_HOLD: 3,
    Status.COMPLETED: 4,
    Status.REVISION_REQUESTED: 2,
    Status.ACCEPTED: 14,
    Status.DENIED: 3,
    Status.CANCELLED: 3,
}
AFTER_REVISION = {Status.IN_PROGRESS: 2, Status.COMPLETED: 1, Status.ACCEPTED: 2}
"""How many of these at least came there after a revision: their results stand beside the earlier ones."""
ENDED = {Status.ACCEPTED, Status.DENIED, Status.CANCELLED}
LONGEST = 120 * DAY


def ensure_demo(owner_url: str) -> None:
    """Makes the demo people where they are missing and, in a database without any request, the demo requests.

    What is there stays as it is. Raises `CommandError` when the database cannot be used.
    """
    run_as_owner(owner_url, _ensure)


async def _ensure(tx: Connection) -> None:
    await queries.lock.run(tx)
    await _ensure_people(tx, DEMO_PEOPLE)
    if await queries.count_requests.one(tx):
        return
    await _ensure_people(tx, people.EVERYBODY_IN_DEMO)
    cast = await people.cast_of(tx, people.EVERYBODY_IN_DEMO)
    if cast is None:  # somebody changed the people and wants no requests of theirs
        return
    rng = Random(42)  # noqa: S311  (no secret; the same requests each time)
    stories = sorted(_stories(rng, cast, time.time()), key=lambda made: made.created)
    _plan(stories)
    forms = await studies.define(tx)
    rows = Rows(studies.Maker(forms, [*cast.requesters, *cast.engineers], time.time()))
    for made in stories:
        rows.add(rng, made, story.remarks(rng, made, rng.choice((0, 1, 1, 2, 3, 5)), time.time()))
    # The record of everything is one stream, in the order in which things happened.
    rows.log.sort(key=lambda row: row[-8:])  # the moment
    await rows.copy(tx)


def _plan(stories: list[Story]) -> None:
    """What is open is due soon, and a little of it was due before."""
    rng, now = Random(9), time.time()  # noqa: S311
    for made in stories:
        if made.status in ENDED:
            story.plan(rng, made, made.created + 10 * DAY, made.created + 50 * DAY)
        else:
            story.plan(rng, made, now - 8 * DAY, now + 40 * DAY)


async def _ensure_people(tx: Connection, wanted: tuple[DemoUser, ...]) -> None:
    await people.ensure(tx, wanted)
    missing = [
        account.id
        for person in wanted
        if (account := await auth.get_account.first(tx, email=person.email)) and account.hash is None
    ]
    if missing:
        # One hash for all of them: everybody knows the password, and each takes a noticeable time to make.
        known = hash_password(DEMO_PASSWORD)
        for person_id in missing:
            await auth.set_password.run(tx, user_id=person_id, hash=known)


def _stories(rng: Random, cast: Cast, now: float) -> list[Story]:
    made: dict[str, Story] = {}
    for status, count in HOW_MANY.items():
        wanted = len(made) + count
        again = len(made) + AFTER_REVISION.get(status, 0)
        while len(made) < wanted:
            candidate = _story(rng, cast, status, now, again=len(made) < again)
            if candidate is not None:
                made.setdefault(candidate.title, candidate)
    return list(made.values())


def _story(rng: Random, cast: Cast, status: Status, now: float, *, again: bool) -> Story | None:
    """A request that has this status now; None when the walk did not get there, or began too long ago.

    `again`: after a revision, and with a study.
    """
    moves = story.route(rng)
    statuses = [Status.SUBMITTED, *(move.to for move in moves)]
    first = statuses.index(Status.REVISION_REQUESTED) if again and Status.REVISION_REQUESTED in statuses else 0
    if status not in statuses[first:] or (again and not first):
        return None
    moves = moves[: statuses.index(status, first)]
    waits = story.waits(rng, moves)
    last = now - (DAY * rng.uniform(1, 100) if status in ENDED else HOUR * rng.uniform(1, 90))
    made = story.begin(rng, cast, story.at_work(last - sum(waits)), foreign=0.05, long=0)
    at = made.created
    for move, wait in zip(moves, waits, strict=True):
        at = max(story.at_work(at + wait), at + 0.1 * HOUR)
        story.advance(rng, cast, made, move, at)
    if again and made.topic.kind is None:
        return None
    return made if now - LONGEST < made.created and at < now else None
