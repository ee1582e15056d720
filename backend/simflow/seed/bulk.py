"""Any number of made-up requests, in constant memory."""

import asyncio
import multiprocessing
import os
import threading
from collections import Counter, deque
from collections.abc import AsyncIterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from random import Random

from simflow.db.queries import Connection
from simflow.errors import CommandError
from simflow.seed import people, queries, story, studies
from simflow.seed.aside import Progress, put_aside
from simflow.seed.copying import Encoded, copy
from simflow.seed.rows import Rows
from simflow.seed.story import DAY, HOUR, Cast, Story
from simflow.seed.studies import Forms, Maker
from simflow.users.demo import DEMO_PEOPLE

BATCH = 1000
SPAN = 78 * 7 * DAY
"""A year and a half, in weeks."""
STUDIED = 0.4
"""The share of requests with simulation data, of those whose kind of work has a form."""
STALLED = 0.12
"""The share of requests that nobody went on with: else nearly all older ones would have ended."""
QUICKEST = 0.05 * HOUR
MANY = 10_000
"""From so many requests and comments on, making them in processes and building indexes anew is quicker."""


class Size:
    """What is wanted."""

    def __init__(self, requests: int, comments: int, people: int, seed: int, until: float) -> None:
        """`until` is the last moment at which anything happened, in Unix seconds."""
        self.requests, self.comments, self.people = requests, comments, people
        self.seed, self.until = seed, until


class Recipe:
    """Makes each batch by itself, the same one in whatever process, with random numbers of its own."""

    def __init__(self, cast: Cast, size: Size, before: int, forms: Forms) -> None:
        """`before` is how many requests there are already."""
        self._cast, self._size, self._before, self._forms = cast, size, before, forms

    def __call__(self, first: int) -> Encoded:
        """As COPY takes them."""
        return self.rows(first).encoded()

    def rows(self, first: int) -> Rows:
        """The requests from `first` on, counted from 0."""
        size, last = self._size, min(first + BATCH, self._size.requests)
        rng = Random(f"{size.seed} after {self._before + first}")  # noqa: S311  (no secret; must be repeatable)
        people = [*self._cast.requesters, *self._cast.engineers]
        rows = Rows(Maker(self._forms, people, size.until, STUDIED))
        counts = _comment_counts(rng, first, last, size)
        for index in range(first, last):
            made = _story(rng, self._cast, size, (index + rng.random()) / size.requests)
            rows.add(rng, made, story.remarks(rng, made, counts[index], size.until))
        return rows


async def fill(tx: Connection, size: Size, progress: Progress) -> None:
    """What is in the database already stays as it is.

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
    recipe = Recipe(cast, size, before, await studies.define(tx))
    # Where there is more already than comes, building all indexes anew would take longer than keeping them.
    many = size.requests + size.comments >= MANY and size.requests >= before
    bring_back = await put_aside(tx, empty=before == 0) if many else None
    with _makers(recipe, many=many) as makers:
        done = 0
        async for encoded in _batches(makers, size):
            await copy(tx, encoded, frozen=many and before == 0)
            done = min(done + BATCH, size.requests)
            progress("Requests", done, size.requests)
    if bring_back is not None:
        await bring_back(progress)


def _makers(recipe: Recipe, *, many: bool) -> Executor:
    if not many:
        return ThreadPoolExecutor(1, initializer=_take_recipe, initargs=(recipe,))
    # Spawned: a fork would inherit the connection. As many as cores, though the database needs one too: making takes
    # longer than taking in, and who waits for the other leaves it the core.
    processes = max(1, min(4, os.cpu_count() or 2))
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, spawn, initializer=_take_recipe, initargs=(recipe,))


_taken = threading.local()
"""The recipe of each maker: thousands of people in it take time to be sent."""


def _take_recipe(recipe: Recipe) -> None:
    _taken.recipe = recipe


def _make(first: int) -> Encoded:
    made: Encoded = _taken.recipe(first)
    return made


async def _batches(makers: Executor, size: Size) -> AsyncIterator[Encoded]:
    """In order, some of them made ahead while the database takes one in."""
    loop = asyncio.get_running_loop()
    made: deque[asyncio.Future[Encoded]] = deque()
    for first in range(0, size.requests, BATCH):
        made.append(loop.run_in_executor(makers, _make, first))
        if len(made) > 6:
            yield await made.popleft()
    while made:
        yield await made.popleft()


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
    story.plan(rng, made, created + 5 * DAY, created + 90 * DAY)
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
