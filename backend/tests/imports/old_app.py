"""What the old application wrote, made anew for each test so that tests stay apart in one database."""

import json
from typing import Any
from uuid import uuid4

import httpx

from tests.conftest import Caller


class OldApp:
    """A browser's storage, with two people of its own in it."""

    def __init__(self) -> None:
        mark = uuid4().hex[:8]
        self.requester = f"Rita {mark}"
        self.engineer = f"Egon {mark}"

    def entry(self, **changes: Any) -> dict[str, Any]:
        """A valid entry; a change to `...` leaves the field out."""
        values = {
            "id": str(uuid4()),
            "title": "Reach study, door hem cell",
            "description": "Target cycle time is 45 s.\nFixture drawing revision 17 applies.",
            "vendor": "KUKA",
            "status": "In Progress",
            "priority": "Medium",
            "createdBy": "u7",
            "createdByName": self.requester,
            "createdAt": "2025-09-19T05:18:24.000Z",
            "comments": [self.comment()],
            "assignedTo": "e7",
            "assignedToName": self.engineer,
            "estimatedHours": 16,
        } | changes
        return {name: value for name, value in values.items() if value is not ...}

    def comment(self, **changes: Any) -> dict[str, Any]:
        values = {
            "id": str(uuid4()),
            "authorName": self.engineer,
            "authorRole": "Engineer",
            "content": "12 mm clearance at pose 12, that is tight.",
            "timestamp": "2025-09-20T13:35:10.693Z",
        } | changes
        return {name: value for name, value in values.items() if value is not ...}


async def send(caller: Caller, file: Any, dry_run: bool | None = None, skip_invalid: bool = False) -> httpx.Response:
    """The file as it is when it is bytes, else as JSON."""
    return await caller.post(
        "/api/import/localstorage",
        content=file if isinstance(file, bytes) else json.dumps(file).encode(),
        headers={"Content-Type": "application/json"},
        params=({} if dry_run is None else {"dryRun": dry_run}) | {"skipInvalid": skip_invalid},
    )


async def take(caller: Caller, file: Any, skip_invalid: bool = False) -> dict[str, Any]:
    """Really imports; the report."""
    answer = await send(caller, file, dry_run=False, skip_invalid=skip_invalid)
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


async def preview(caller: Caller, file: Any) -> dict[str, Any]:
    answer = await send(caller, file)
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    assert report["dryRun"] is True
    return report
