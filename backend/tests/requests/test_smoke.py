from tests.conftest import Caller


async def test_walk(requester: Caller, manager: Caller, engineer: Caller) -> None:
    request = await requester.submit()
    assert (await manager.assign(request, engineer)).status_code == 200
    assert (await engineer.move(request, "In Progress")).status_code == 200
