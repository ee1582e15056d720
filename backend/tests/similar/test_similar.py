"""Similar requests: how good they are, what they tell, and that nobody sees a title that is not theirs to see."""

from typing import Any

import asyncpg
import pytest

from simflow.settings import Settings
from tests.conftest import Caller, People, signed_in_as
from tests.requests.arrange import as_row, put, put_all
from tests.similar.sample import EARLIER, WANTED


async def similar(caller: Caller, title: str, description: str = "") -> list[dict[str, Any]]:
    answer = await caller.get("/api/requests/similar", params={"title": title, "description": description})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["similar"])


async def test_quality_on_the_labelled_sample(people: People, owner: asyncpg.Connection) -> None:
    """What docs/decisions/0019 tells, as floors. As a requester, whose own requests are the sample."""
    desk = await people.add("USER")
    rows = [as_row(desk, title=title, description=text) for title, text in EARLIER.values()]
    await put_all(owner, rows)
    await owner.execute("ANALYZE requests")
    names = {title: name for name, (title, _) in EARLIER.items()}
    found = hit = wanted = first = offered = 0
    for title, text, labels in WANTED:
        answers = [names[one["title"]] for one in await similar(desk, title, text)]
        wanted += len(labels)
        hit += len(labels & set(answers))
        offered += len(answers)
        found += bool(labels & set(answers))
        first += bool(answers) and answers[0] in labels
    asked = sum(bool(labels) for _, _, labels in WANTED)
    figures = {"recall": hit / wanted, "found": found / asked, "first": first / asked, "precision": hit / offered}
    print(figures)
    assert figures["recall"] >= 0.9, figures
    assert figures["first"] >= 0.9, figures
    assert figures["precision"] >= 0.5, figures
