"""A small history whose numbers were computed by hand, over the week in which Berlin's clocks go forward."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from tests.conftest import Caller, People

# Monday, 23 March 2026 to Sunday, 5 April 2026; on Sunday, 29 March, 02:00 becomes 03:00 in Berlin (UTC+1, then UTC+2).
SPAN = {"from": "2026-03-23", "to": "2026-04-06", "timeZone": "Europe/Berlin"}
FIRST, SECOND = "2026-03-23", "2026-03-30"
Step = tuple[str, str]


def at(text: str) -> datetime:
    """March by day and UTC hours, as `24 08:00`; days beyond 31 are of April."""
    day, clock = text.split()
    month, number = (3, int(day)) if int(day) <= 31 else (4, int(day) - 31)
    return datetime.fromisoformat(f"2026-{month:02}-{number:02}T{clock}:00+00:00").astimezone(UTC)


HISTORY: list[tuple[dict[str, Any], list[Step]]] = [
    # Right at once. In Progress 8 h by the calendar, on Tuesday from 9 to 17 in Berlin: 8 working hours of 8.
    (
        {"hours": 8, "vendor": "ABB"},
        [
            ("Submitted", "23 08:00"),
            ("Engineering Review", "23 12:00"),
            ("In Progress", "24 08:00"),
            ("Completed", "24 16:00"),
            ("Accepted", "25 08:00"),
        ],
    ),
    # A revision. Started on Friday at 15 in Berlin, completed on Monday at 10, after the clocks changed, at 08:00 UTC:
    # 66 h by the calendar, 2 + 1 = 3 working hours; then once more on Tuesday from 9 to 10. In all 4 of 8.
    (
        {"hours": 8, "vendor": "ABB"},
        [
            ("Submitted", "23 08:00"),
            ("Engineering Review", "24 08:00"),
            ("In Progress", "27 14:00"),
            ("Completed", "30 08:00"),
            ("Revision Requested", "30 12:00"),
            ("In Progress", "31 07:00"),
            ("Completed", "31 08:00"),
            ("Accepted", "31 10:00"),
        ],
    ),
    # Completed at 22:30 UTC on Sunday, the 29th: that is Monday, 00:30, in Berlin. Not accepted yet. No working hour.
    (
        {"hours": 4, "vendor": "KUKA"},
        [
            ("Submitted", "28 10:00"),
            ("Engineering Review", "28 11:00"),
            ("In Progress", "29 20:30"),
            ("Completed", "29 22:30"),
        ],
    ),
    # Still in progress.
    (
        {"hours": 16, "vendor": "KUKA"},
        [("Submitted", "20 10:00"), ("Engineering Review", "25 10:00"), ("In Progress", "26 10:00")],
    ),
    # Denied, and never worked on.
    ({"hours": None, "vendor": "KUKA"}, [("Submitted", "24 10:00"), ("Denied", "25 10:00")]),
]


async def lived(owner: asyncpg.Connection, creator: Caller, engineer: Caller, fields: Any, steps: list[Step]) -> None:
    """A request with that life, as `simflow seed` writes it: the owner may tell the times itself."""
    entered = [(status, at(moment)) for status, moment in steps]
    worked = len(entered) > 2
    status, since = entered[-1]
    completed = [moment for name, moment in entered if name == "Completed"]
    started = [moment for name, moment in entered if name == "In Progress"]
    revisions = sum(name == "Revision Requested" for name, _ in entered)
    async with owner.transaction():
        await owner.execute("SET LOCAL simflow.quiet = 'on'")
        request = await owner.fetchval(
            "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name,"
            " assigned_to, assigned_to_name, estimated_hours, created_at, updated_at, status_since, started_at,"
            " completed_at, revisions, stopped_for) VALUES"
            " ('T', 'D', $1, 'Low', $2, $3, 'C', $4, $5, $6, $7, $8, $8, $9, $10, $11, $12) RETURNING id",
            fields["vendor"], status, creator.id, engineer.id if worked else None, "E" if worked else None,
            fields["hours"], entered[0][1], since, started[0] if started else None,
            completed[-1] if completed else None, revisions, timedelta(hours=fields.get("stopped", 0)),
        )  # fmt: skip
        await owner.executemany(
            "INSERT INTO status_periods (request_id, seq, status, entered_at, left_at)"
            " VALUES ($1, $2, $3, $4, coalesce($5::timestamptz, 'infinity'))",
            [
                (request, number, name, moment, entered[number][1] if number < len(entered) else None)
                for number, (name, moment) in enumerate(entered, 1)
            ],
        )


@pytest.fixture
async def creator(owner: asyncpg.Connection, requester: Caller, engineer: Caller) -> Caller:
    for fields, steps in HISTORY:
        await lived(owner, requester, engineer, fields, steps)
    return requester


async def chart(caller: Caller, path: str, **params: Any) -> dict[str, Any]:
    answer = await caller.get(f"/api/statistics/{path}", params=SPAN | params)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def column(body: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in body["rows"]]


async def test_throughput(creator: Caller) -> None:
    assert column(await chart(creator, "throughput"), "week", "count") == [(FIRST, 1), (SECOND, 2)]
    utc = await chart(creator, "throughput", timeZone="UTC")
    assert column(utc, "week", "count") == [(FIRST, 2), (SECOND, 1)], "the third one is of Sunday there"


async def test_open_work(creator: Caller) -> None:
    body = await chart(creator, "open-work")
    # Berlin's Monday, 30 March, begins at 22:00 UTC.
    assert [row["at"] for row in body["rows"]] == ["2026-03-29T22:00:00Z", "2026-04-05T22:00:00Z"]
    found = [{status: count for status, count in row["byStatus"].items() if count} for row in body["rows"]]
    assert found == [{"In Progress": 3}, {"In Progress": 1, "Completed": 1}]
    assert body["total"] == 2


async def test_cycle_time(creator: Caller) -> None:
    body = await chart(creator, "cycle-time")
    # 8 h and 30 h 30 + 66 h = 90 h; 2 h. Lead times: 32 h; 192 h and 36.5 h.
    first, second = body["rows"]
    assert (first["cycleMedian"], first["cycleP85"], first["leadMedian"]) == (8, 8, 32)
    assert (second["cycleMedian"], second["leadMedian"]) == (46, 114.25)
    assert second["cycleP85"] == pytest.approx(2 + 0.85 * 88)
    # Of 2, 8 and 90 h: 8 in the middle; 1.7 (85 % of 2) is seven tenths of the way from 8 to 90.
    assert body["overall"]["cycleMedian"] == 8
    assert body["overall"]["cycleP85"] == pytest.approx(8 + 0.7 * 82)
    assert (body["overall"]["completed"], body["overall"]["measured"]) == (3, 3)


async def test_time_in_status(creator: Caller) -> None:
    rows = {row["status"]: row for row in (await chart(creator, "time-in-status"))["rows"]}
    # Submitted: 4, 24 and 1 h. Engineering Review: 20, 78 and 33.5 h. In Progress: 8, 66 + 1 and 2 h.
    # Completed and left: 16, and 4 + 2 h. Revision Requested: 19 h. In all 278.5 h.
    told = {status: (row["visited"], row["median"], row["mean"]) for status, row in rows.items()}
    assert told == {
        "Submitted": (3, 4, pytest.approx(29 / 3, abs=0.01)),
        "Engineering Review": (3, 33.5, pytest.approx(131.5 / 3, abs=0.01)),
        "In Progress": (3, 8, pytest.approx(77 / 3, abs=0.01)),
        "Completed": (2, 11, 11),
        "Revision Requested": (1, 19, 19),
    }
    assert rows["In Progress"]["share"] == pytest.approx(77 / 278.5, abs=0.0001)


async def test_by_vendor(creator: Caller) -> None:
    body = await chart(creator, "by-vendor")
    told = [
        (row["vendor"], row["submitted"]["count"], row["open"]["count"], row["completed"]["count"], row["cycleMedian"])
        for row in body["rows"]
    ]
    assert told == [("KUKA", 2, 2, 1, 2), ("ABB", 2, 0, 2, 49)]
    assert body["total"] == 5


async def test_first_time_right(creator: Caller) -> None:
    body = await chart(creator, "first-time-right")
    assert column(body, "accepted", "right", "rate") == [(1, 1, 1), (1, 0, 0)]
    assert (body["rate"], body["total"]) == (0.5, 2)


async def test_estimates(creator: Caller) -> None:
    body = await chart(creator, "estimates")
    assert column(body, "measured", "estimated", "actual", "ratioMedian") == [(1, 8, 8, 1), (2, 12, 4, 0.25)]
    assert (body["overall"]["ratioMedian"], body["overall"]["actual"]) == (0.5, 12)
    assert [(point["actual"], point["ratio"]) for point in body["points"]] == [(4, 0.5), (0, 0), (8, 1)]


# Started on Monday at 10:00 UTC, completed for the last time on Wednesday at 10:00: 48 h. In between its clock stood
# twice, for 10 h and for 3.5 h: 34.5 h. Being on hold and in other statuses counts; nothing before the start does.
STOPPED: tuple[dict[str, Any], list[Step]] = (
    {"hours": 7, "vendor": "Siemens", "stopped": 13.5},
    [
        ("Submitted", "23 08:00"),
        ("Information Needed", "23 08:15"),
        ("Feasibility Review", "23 08:45"),
        ("Engineering Review", "23 09:00"),
        ("In Progress", "23 10:00"),
        ("On Hold", "23 12:00"),
        ("In Progress", "23 14:00"),
        ("Resource Allocation", "23 16:00"),
        ("Information Needed", "23 17:00"),
        ("Feasibility Review", "24 03:00"),
        ("Engineering Review", "24 04:00"),
        ("In Progress", "24 05:00"),
        ("On Hold", "24 06:00"),
        ("In Progress", "24 08:00"),
        ("Completed", "24 09:00"),
        ("Revision Requested", "24 10:00"),
        ("Feasibility Review", "24 11:00"),
        ("Information Needed", "24 12:00"),
        ("Feasibility Review", "24 15:30"),
        ("Engineering Review", "24 16:00"),
        ("In Progress", "24 17:00"),
        ("Completed", "25 10:00"),
    ],
)


async def test_the_clock_stands_while_it_waits_for_answers(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller
) -> None:
    await lived(owner, requester, engineer, *STOPPED)
    overall = (await chart(requester, "cycle-time"))["overall"]
    assert (overall["cycleMedian"], overall["cycleP85"]) == (34.5, 34.5)
    assert (overall["leadMedian"], overall["leadP85"]) == (50, 50), "from when it was submitted, waiting included"
    (vendor,) = (await chart(requester, "by-vendor"))["rows"]
    (priority,) = (await chart(requester, "by-priority"))["rows"]
    assert (vendor["cycleMedian"], priority["cycleMedian"]) == (34.5, 34.5)
    rows = (await chart(requester, "time-in-status"))["rows"]
    assert {row["status"]: row["median"] for row in rows}["Information Needed"] == 0.5 + 10 + 3.5
    # In Progress by Berlin's clocks: 11 to 13, 15 to 17, 6 to 7 (none), 9 to 10, and from 18 until 11 the next day.
    estimates = (await chart(requester, "estimates"))["overall"]
    assert (estimates["actual"], estimates["ratioMedian"]) == (2 + 2 + 0 + 1 + 2, 1)
    file = (await requester.get("/api/statistics/cycle-time/export", params=SPAN)).text
    assert "2026-03-23,1,1,34.5,34.5,50,50" in file.replace(".0,", ",").replace(".0\r", "\r")


async def test_an_answer_adds_what_it_waited_for(
    owner: asyncpg.Connection, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    """Begun 50 h ago, stood for 3 h once, waits since 10 h; then the rest of its life by the API: 50 - 3 - 10 h."""
    now = datetime.now(UTC)
    ago = [now - timedelta(hours=hours) for hours in (60, 50, 10)]
    async with owner.transaction():
        await owner.execute("SET LOCAL simflow.quiet = 'on'")
        request_id = await owner.fetchval(
            "INSERT INTO requests (title, description, vendor, priority, status, created_by, created_by_name,"
            " created_at, updated_at, status_since, started_at, stopped_for)"
            " VALUES ('T', 'D', 'V', 'Low', 'Information Needed', $1, 'C', $2, $4, $4, $3, '3 hours') RETURNING id",
            requester.id, *ago,
        )  # fmt: skip
        await owner.execute(
            "INSERT INTO status_periods (request_id, seq, status, entered_at, left_at) VALUES"
            " ($1, 1, 'In Progress', $2, $3), ($1, 2, 'Information Needed', $3, 'infinity')",
            request_id, *ago[1:],
        )  # fmt: skip
    request = {"id": str(request_id)}
    answers = [
        await requester.move(request, "Feasibility Review", "120 kg"),
        await manager.assign(request, engineer),
        await engineer.move(request, "In Progress"),
        await engineer.move(request, "Completed"),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    answer = await requester.get("/api/statistics/cycle-time")
    assert answer.json()["overall"]["cycleMedian"] == pytest.approx(37, abs=0.02)


async def test_a_stranger_to_them_counts_nothing(creator: Caller, people: People) -> None:
    other = await people.add("USER")
    for path in ("throughput", "open-work", "by-vendor", "estimates", "time-in-status"):
        assert (await chart(other, path))["total"] == 0
    assert (await chart(await people.add("MANAGER"), "throughput", createdBy=creator.id))["total"] == 3


WORKING = [
    ("2026-03-27T08:00Z", "2026-03-27T16:00Z", 8.0),  # A Friday from 9 to 17 in Berlin.
    ("2026-03-27T00:00Z", "2026-03-27T07:00Z", 0.0),
    ("2026-03-28T00:00Z", "2026-03-29T22:00Z", 0.0),  # A weekend, with the hour that is missing in it.
    ("2026-03-27T15:00Z", "2026-03-30T08:00Z", 2.0),  # Over it: until 17, and from 9, which is 07:00 UTC now.
    ("2026-03-23T00:00Z", "2026-04-06T00:00Z", 80.0),
    ("2026-03-24T10:10Z", "2026-03-24T10:40Z", 0.5),
]


@pytest.mark.parametrize(("start", "end", "hours"), WORKING)
async def test_working_hours(owner: asyncpg.Connection, start: str, end: str, hours: float) -> None:
    query = "SELECT working_hours($2, 'Europe/Berlin') - working_hours($1, 'Europe/Berlin')"
    moments = [datetime.fromisoformat(text) for text in (start, end)]
    assert await owner.fetchval(query, *moments) == pytest.approx(hours)


@pytest.mark.parametrize(
    ("params", "fields"),
    [
        ({"timeZone": "Mars/Olympus"}, ["timeZone"]),
        ({"from": "2026-02-30"}, ["from"]),
        ({"from": "2026-04-06"}, ["to"]),
        ({"from": "2020-01-01"}, ["to"]),
        ({"from": "0001-01-01", "timeZone": ""}, ["timeZone", "from"]),
        ({"to": "9999-12-31", "status": "Lost"}, ["status"]),
        ({"statusThen": "Submitted"}, ["asOf"]),
    ],
)
async def test_what_cannot_be_asked_for_is_told(creator: Caller, params: dict[str, str], fields: list[str]) -> None:
    for path in ("throughput", "throughput/export"):
        answer = await creator.get(f"/api/statistics/{path}", params=SPAN | params)
        assert answer.status_code == 422, answer.text
        assert [error["field"] for error in answer.json()["errors"]] == fields


async def test_filters_that_leave_nothing_are_told(creator: Caller) -> None:
    then = {"statusThen": "Submitted", "asOf": "2026-03-24T00:00:00Z"}
    for path, params, field in (
        ("open-work", then, "asOf"),
        ("first-time-right", {"status": "Completed"}, "status"),
        ("first-time-right", {"firstTimeRight": "false"}, "firstTimeRight"),
    ):
        answer = await creator.get(f"/api/statistics/{path}", params=SPAN | params)
        assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_file_says_what_was_asked_for(creator: Caller) -> None:
    params = SPAN | {"vendor": "ABB", "createdBy": creator.id}
    answer = await creator.get("/api/statistics/throughput/export", params=params)
    assert answer.headers["content-type"].startswith("text/csv")
    assert "sim-flow-throughput-" in answer.headers["content-disposition"]
    lines = answer.text.removeprefix("\ufeff").splitlines()
    made = lines.pop(8)
    assert made.startswith("Made at,")
    assert lines == [
        "Sim-Flow,Throughput",
        "From,2026-03-23",
        '"To, excluded",2026-04-06',
        "Time zone,Europe/Berlin",
        "Vendor,ABB",
        f"Requester,{creator.user['name']}",
        "Requests,2",
        "Rows,2",
        "",
        "Week,Completed",
        "2026-03-23,1",
        "2026-03-30,1",
    ]


@pytest.mark.parametrize(
    "path",
    ["open-work", "cycle-time", "time-in-status", "by-vendor", "by-priority", "first-time-right", "estimates"],
)
async def test_every_chart_is_a_workbook_too(creator: Caller, path: str) -> None:
    answer = await creator.get(f"/api/statistics/{path}/export", params=SPAN | {"format": "xlsx"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    assert answer.content[:2] == b"PK"
