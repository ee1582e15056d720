"""Charts of words, of each role: by bits, by the numbers of few, and of a misspelt word."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from simflow.requests import filters
from tests.statistics import test_recount as recounted
from tests.statistics.conftest import Desk
from tests.statistics.test_recount import SPANS, everybody

Test = Callable[..., Awaitable[None]]
CHARTS: list[tuple[Test, dict[str, str]]] = [
    (recounted.test_throughput, {}),
    (recounted.test_open_work, {}),
    (recounted.test_cycle_time, {}),
    (recounted.test_time_in_status, {}),
    (recounted.test_by_vendor_and_priority, {"by": "vendor"}),
    (recounted.test_by_vendor_and_priority, {"by": "priority"}),
    (recounted.test_first_time_right, {}),
    (recounted.test_estimates, {}),
]


async def typed(desk: Desk) -> dict[str, str]:
    """A frequent word, a rare one, two at once and a misspelt one, each of them by what either of those who do not see
    everything sees least of. Nothing else is spelt like these, or the list behind a week that has none of one would
    show what is."""
    said = await desk.texts()
    seen = [{one.id for one in await desk.lives(role)} for role in ("USER", "ENGINEER")]

    def least(ids: set[Any]) -> int:
        return min(len(ids & theirs) for theirs in seen)

    number = {word: least(ids) for word, ids in said.having.items() if said.spelt_like(word) == ids}
    usual = sorted((word for word in number if number[word] > 6), key=lambda word: (number[word], word))
    wrong = [word for word in said.alike if word not in said.having]
    misspelt = max(wrong, key=lambda word: (least(said.spelt_like(word)), word))
    both = f"{usual[-1]} {usual[-2]}"
    return {"frequent": usual[-1], "rare": usual[0], "two": both, "misspelt": misspelt}


@everybody
@pytest.mark.parametrize("few", [0, filters.FEW_SAID], ids=["bits", "numbers"])
@pytest.mark.parametrize(
    ("words", "span", "others"),
    [
        ("frequent", SPANS[0], {}),
        ("frequent", SPANS[2], {"priority": ["High", "Medium"]}),
        ("two", SPANS[2], {}),
        ("rare", SPANS[0], {}),
        ("misspelt", SPANS[0], {}),
    ],
    ids=["frequent", "ofsomepriorities", "two", "rare", "misspelt"],
)
async def test_charts_of_words(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
    few: int,
    words: str,
    span: dict[str, Any],
    others: dict[str, Any],
) -> None:
    monkeypatch.setattr(filters, "FEW_SAID", few)
    q = (await typed(desk))[words]
    for test, more in CHARTS:
        await test(desk, role, span, {"q": q} | others, **more)
