"""Which tags there are, for whom."""

from tests.conftest import Caller, People


async def test_tags_are_those_of_what_one_sees(people: People, engineer: Caller, manager: Caller) -> None:
    first, second = await people.add("USER"), await people.add("USER")
    for caller, tags in ((first, ["alpha", "beta"]), (first, ["beta"]), (second, ["secret"])):
        await caller.submit(tags=tags)

    async def seen(caller: Caller, q: str = "") -> list[tuple[str, int]]:
        answer = await caller.get("/api/tags", params={"q": q})
        assert answer.status_code == 200
        return [(tag["name"], tag["count"]) for tag in answer.json()["tags"]]

    assert await seen(first) == [("beta", 2), ("alpha", 1)]
    assert await seen(first, "AL") == [("alpha", 1)]
    assert await seen(first, "sec") == await seen(engineer, "secret") == []
    assert await seen(second) == [("secret", 1)]
    assert ("secret", 1) in await seen(manager, "secret")


async def test_what_cannot_be_taken(requester: Caller) -> None:
    for q in ("x" * 41, "nul\x00"):
        assert (await requester.get("/api/tags", params={"q": q})).status_code == 422
