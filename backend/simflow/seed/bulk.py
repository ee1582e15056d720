"""Any number of made-up requests, in constant memory."""

import asyncio
from collections import Counter
from collections.abc import Callable
from random import Random

from simflow.db.queries import Connection
from simflow.errors import CommandError
from simflow.seed import people, queries, story
from simflow.seed.rows import Rows
from simflow.seed.story import DAY, HOUR, Cast, Story
from simflow.users.demo import DEMO_PEOPLE

BATCH = 1000
SPAN = 78 * 7 * DAY
"""A year and a half, in weeks."""
STALLED = 0.12
"""The share of requests that nobody went on with: else nearly all older ones would have ended."""
QUICKEST = 0.05 * HOUR


class Size:
    """What is wanted."""

    def __init__(self, requests: int, comments: int, people: int, seed: int, until: float) -> None:
        """`until` is the last moment at which anything happened, in Unix seconds."""
        self.requests, self.comments, self.people = requests, comments, people
        self.seed, self.until = seed, until


async def fill(tx: Connection, size: Size, progress: Callable[[int], None]) -> None:
    """Calls `progress` with how many requests are done. What is in the database already stays as it is.

    The same size, in a database with as many requests as then, gives the same requests again.
    """
    await queries.lock.run(tx)
    wanted = people.generated(size.people)
    await people.ensure(tx, wanted)
    # The demo people, where they are, find something of their own too.
    cast = await people.cast_of(tx, (*DEMO_PEOPLE, *wanted))
    if cast is None:
        raise CommandError("Somebody changed the made-up people: one who is active is needed of each role.")
    before = await queries.count_requests.one(tx)
    rng = Random(f"{size.seed} after {before}")  # noqa: S311  (no secret; must be repeatable)
    done = 0
    copying: asyncio.Task[None] | None = None
    while done < size.requests:
        # The database takes in one batch while the next one is made up.
        last = min(done + BATCH, size.requests)
        rows = await asyncio.to_thread(_batch, rng, cast, size, done, last)
        if copying is not None:
            await copying
            progress(done)
        copying = asyncio.create_task(rows.copy(tx))
        done = last
    if copying is not None:
        await copying
        progress(done)


def _batch(rng: Random, cast: Cast, size: Size, first: int, last: int) -> Rows:
    rows = Rows()
    counts = _comment_counts(rng, first, last, size)
    for index in range(first, last):
        made = _story(rng, cast, size, (index + rng.random()) / size.requests)
        rows.add(rng, made, story.remarks(rng, made, counts[index], size.until))
    return rows


def _comment_counts(rng: Random, first: int, last: int, size: Size) -> Counter[int]:
    """The batch's share of the comments, which add up exactly; some requests get many, and many get few."""
    share = size.comments * last // size.requests - size.comments * first // size.requests
    weights = [rng.expovariate(1) for _ in range(first, last)]
    return Counter(rng.choices(range(first, last), weights, k=share))


def _story(rng: Random, cast: Cast, size: Size, share: float) -> Story:
    """A request that was submitted when this share of the whole time had passed; shares grow, and so do the keys."""
    end = story.monday_before(size.until)
    # The exponent makes requests come in faster towards the end.
    created = story.working_moment(end - SPAN, end, share**0.8)
    made = story.begin(rng, cast, created)
    moves = story.route(rng)
    if moves and rng.random() < STALLED:
        del moves[rng.randrange(len(moves)) :]
    at = created
    for move, wait in zip(moves, story.waits(rng, moves), strict=True):
        at = max(story.at_work(at + wait), at + QUICKEST)
        if at >= size.until:
            break
        story.advance(rng, cast, made, move, at)
    return made
