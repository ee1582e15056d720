"""Plausible texts, and the same ones again for the same random numbers."""

from collections.abc import Sequence
from random import Random

from simflow.seed.vocabulary import (
    CONTEXT,
    FOREIGN,
    INTERNAL_TALK,
    PLACES,
    REASONS,
    ROBOTS,
    SMALL_TALK,
    STUDIES,
    VENDOR_WEIGHTS,
    Study,
)

VENDORS = tuple(ROBOTS)


def _one_of(rng: Random, texts: Sequence[str]) -> str:
    """As `choice`, in half the time."""
    return texts[int(len(texts) * rng.random())]


class Topic:
    """What one request is about; everything written in it comes from here."""

    __slots__ = ("_places", "_rng", "_study", "kind", "robot", "vendor")

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._study: Study = rng.choice(STUDIES)
        self.vendor = rng.choices(VENDORS, VENDOR_WEIGHTS)[0]
        robot = rng.choice(ROBOTS[self.vendor])
        self.kind, self.robot = self._study.kind, robot.removeprefix("the ")
        self._places = {"place": rng.choice(PLACES), "robot": robot if robot.startswith("the ") else f"the {robot}"}

    def _fill(self, template: str) -> str:
        if "{" not in template:
            return template
        number = self._rng.random
        return template.format(
            **self._places,
            count=int(4 + 60 * number()),
            mm=10 * int(5 + 60 * number()),
            millimetres=int(3 + 12 * number()),
            seconds=int(28 + 30 * number()),
            percent=int(72 + 24 * number()),
            degrees=int(2 + 30 * number()),
            warm=int(27 + 14 * number()),
        )

    def title_and_description(self, foreign: float = 0.02, long: float = 0.01) -> tuple[str, str]:
        """The shares of requests in other languages, and of very long descriptions, may be chosen."""
        rng = self._rng
        if rng.random() < foreign:
            return rng.choice(FOREIGN)
        title = self._fill(rng.choice(self._study.titles))
        sentences = [rng.choice(self._study.goals), *rng.sample(CONTEXT, rng.randrange(5))]
        if rng.random() < long:
            sentences += rng.choices((*CONTEXT, *self._study.goals), k=rng.randrange(40, 200))
        return title[0].upper() + title[1:], "\n".join(map(self._fill, sentences))

    def comment(self, *, internal: bool) -> str:
        rng = self._rng
        if internal:
            return self._fill(_one_of(rng, INTERNAL_TALK))
        first = self._fill(_one_of(rng, self._study.talk if rng.random() < 0.6 else SMALL_TALK))
        return first if rng.random() < 0.8 else f"{first}\n{self._fill(_one_of(rng, SMALL_TALK))}"

    def reason(self, action: str) -> str:
        return self._rng.choice(REASONS[action])
