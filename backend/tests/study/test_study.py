"""Types of study, forms and values: who defines, what is taken, what stays, and how it is found again."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from simflow.settings import Settings
from simflow.study import units
from simflow.study.values import vendor_key
from tests.conftest import Caller, People, signed_in_as

FIELDS: list[dict[str, Any]] = [
    {"name": "robot_model", "label": "Robot", "kind": "text", "required": "submission"},
    {"name": "controller", "label": "Controller", "kind": "choice", "vendor": "FANUC", "choices": ["R-30iB", "R-50iA"]},
    {"name": "payload", "label": "Payload", "kind": "number", "unit": "kg", "minimum": 0, "maximum": 1000},
    {"name": "freeze", "label": "Frozen", "kind": "date"},
    {"name": "contact", "label": "Contact", "kind": "person"},
    {"name": "software", "label": "Software", "kind": "text", "required": "completion"},
]


@pytest.fixture
async def kind(admin: Caller) -> str:
    """A type of study of this test's own."""
    name = f"t{uuid4().hex[:10]}"
    answer = await admin.put(f"/api/study-types/{name}", json={"name": "Reach", "fields": FIELDS})
    assert answer.status_code == 200, answer.text
    return name


async def form(caller: Caller, request: dict[str, Any]) -> dict[str, Any]:
    answer = await caller.get(f"/api/requests/{request['id']}/form")
    assert answer.status_code == 200
    return answer.json()


def wrong(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["field"] for error in answer.json()["errors"]]


async def test_values_are_kept_with_what_they_meant(kind: str, requester: Caller, manager: Caller) -> None:
    data = {
        "robot_model": "R-2000iC",
        "controller": "R-50iA",
        "payload": {"value": 120000, "unit": "g"},
        "freeze": "2026-12-01",
        "contact": manager.id,
    }
    request = await requester.submit(studyType=kind, data=data)
    assert request["studyType"] == kind
    found = await form(requester, request)
    assert {name: (v["value"], v["unit"], v["text"]) for name, v in found["values"].items()} == {
        "robot_model": ("R-2000iC", None, "R-2000iC"),
        "controller": ("R-50iA", None, "R-50iA"),
        "payload": (120000, "g", "120000 g"),
        "freeze": ("2026-12-01", None, "2026-12-01"),
        "contact": (manager.id, None, manager.user["name"]),
    }
    assert found["missing"] == ["robot_model", "software"][1:]
    assert [f["name"] for f in found["fields"]] == [f["name"] for f in FIELDS]


async def test_every_wrong_value_is_told(kind: str, requester: Caller) -> None:
    for data, fields in (
        ({}, ["data.robot_model"]),
        ({"robot_model": None}, ["data.robot_model"]),
        ({"robot_model": " ", "payload": "x"}, ["data.robot_model", "data.payload"]),
        ({"robot_model": "R", "payload": -1}, ["data.payload"]),
        ({"robot_model": "R", "payload": {"value": 2, "unit": "t"}}, ["data.payload"]),
        ({"robot_model": "R", "payload": {"value": 2, "unit": "mm"}}, ["data.payload"]),
        ({"robot_model": "R", "payload": {"value": 2, "unit": "__import__"}}, ["data.payload"]),
        ({"robot_model": "R", "payload": {"value": 2, "more": 1}}, ["data.payload"]),
        ({"robot_model": "R", "payload": True}, ["data.payload"]),
        ({"robot_model": "R", "controller": "R-99", "freeze": "soon"}, ["data.controller", "data.freeze"]),
        ({"robot_model": "R", "contact": str(uuid4()), "nonsense": 1}, ["data.contact", "data.nonsense"]),
        ({"robot_model": "x" * 2001}, ["data.robot_model"]),
        ({"robot_model": "nul\x00"}, ["data"]),
        ([], ["data"]),
    ):
        body = {"title": "T", "description": "D", "vendor": "FANUC", "priority": "Low", "studyType": kind, "data": data}
        assert wrong(await requester.post("/api/requests", json=body)) == fields, data
    for other in ("nonsense", "x" * 50, ""):
        assert wrong(await requester.post("/api/requests", json=body | {"studyType": other, "data": {}})) == [
            "studyType"
        ]
    plain = {"title": "T", "description": "D", "vendor": "V", "priority": "Low", "data": {"payload": 1}}
    assert wrong(await requester.post("/api/requests", json=plain)) == ["data.payload"]


async def test_fields_of_a_vendor_are_for_that_vendor(kind: str, requester: Caller) -> None:
    request = await requester.submit(studyType=kind, vendor="KUKA", data={"robot_model": "KR"})
    answer = await requester.patch(f"/api/requests/{request['id']}", json={"data": {"controller": "R-30iB"}})
    assert wrong(answer) == ["data.controller"]


async def test_a_request_keeps_its_form(kind: str, requester: Caller, admin: Caller, manager: Caller) -> None:
    old = await requester.submit(studyType=kind, data={"robot_model": "R", "payload": 100})
    changed = [
        {"name": "robot_model", "label": "Robot and variant", "kind": "text", "required": "submission"},
        {"name": "payload", "label": "Load", "kind": "number", "unit": "lb", "required": "submission"},
    ]
    answer = await admin.put(f"/api/study-types/{kind}", json={"name": "Reach 2", "fields": changed})
    assert answer.json()["studyType"]["version"] == 2
    again = await admin.put(f"/api/study-types/{kind}", json={"name": "Reach 3", "fields": changed})
    assert (again.json()["studyType"]["version"], again.json()["studyType"]["name"]) == (3, "Reach 3")
    kept = await form(requester, old)
    assert kept["values"]["payload"] == {
        "label": "Payload",
        "kind": "number",
        "value": 100,
        "unit": "kg",
        "text": "100 kg",
    }
    path = f"/api/requests/{old['id']}"
    assert (await requester.patch(path, json={"data": {"software": "9.40"}})).status_code == 200
    assert (await requester.patch(path, json={"title": "Other"})).status_code == 200
    new = {"title": "T", "description": "D", "vendor": "V", "priority": "Low", "studyType": kind}
    assert wrong(await requester.post("/api/requests", json=new | {"data": {"robot_model": "R"}})) == ["data.payload"]
    inactive = {"name": "Reach", "fields": changed, "active": False}
    assert (await admin.put(f"/api/study-types/{kind}", json=inactive)).status_code == 200
    assert wrong(await requester.post("/api/requests", json=new)) == ["studyType"]
    assert (await requester.patch(path, json={"data": {"software": None}})).status_code == 200


async def test_changes_are_told_in_the_log_and_who_may(
    kind: str, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    request = await requester.submit(studyType=kind, data={"robot_model": "R", "payload": 100})
    path = f"/api/requests/{request['id']}"
    answer = await requester.patch(path, json={"data": {"payload": {"value": 0.2, "unit": "t"}, "robot_model": "R"}})
    assert (answer.status_code, answer.json()["request"]["version"]) == (200, 2)
    log = (await requester.get(f"{path}/activity")).json()["activity"]
    assert log[0]["details"]["changes"] == {"data.payload": {"from": "100 kg", "to": "0.2 t"}}
    assert wrong(await requester.patch(path, json={"data": {"robot_model": None}})) == ["data.robot_model"]
    await manager.assign(request, engineer)
    assert (await requester.patch(path, json={"data": {"payload": 1}})).status_code == 403
    assert (await engineer.patch(path, json={"data": {"payload": 1}, "tags": ["a"]})).status_code == 200
    assert (await engineer.patch(path, json={"data": {"payload": 1}, "title": "x"})).status_code == 403
    assert (await manager.patch(path, json={"studyType": None})).status_code == 200
    assert (await form(manager, request))["fields"] == []


async def test_completion_waits_for_its_fields(kind: str, requester: Caller, engineer: Caller, manager: Caller) -> None:
    request = await requester.submit(studyType=kind, data={"robot_model": "R"})
    await manager.assign(request, engineer)
    await engineer.move(request, "In Progress")
    path = f"/api/requests/{request['id']}"
    complete = next(a for a in (await engineer.get(path)).json()["request"]["actions"] if a["name"] == "complete")
    assert (complete["allowed"], complete["why"]) == (False, "Software: still to be filled in.")
    refused = await engineer.move(request, "Completed")
    assert (refused.status_code, refused.json()["detail"]) == (409, complete["why"])
    assert "complete" not in [action["name"] for action in refused.json()["actions"]]
    cards = (await engineer.get("/api/requests/board", params={"assignedTo": "me"})).json()["columns"]
    card = next(c for column in cards for c in column["cards"] if c["id"] == request["id"])
    assert complete in card["actions"]
    await engineer.patch(path, json={"data": {"software": "9.40"}})
    assert (await engineer.move(request, "Completed")).status_code == 200


async def test_values_are_found(kind: str, people: People) -> None:
    caller = await people.add("USER")
    for title, payload, robot in (
        ("A", 80, "Zyklop 7"),
        ("B", {"value": 120000, "unit": "g"}, "Other"),
        ("C", 210, "Other"),
    ):
        await caller.submit(
            title=title,
            studyType=kind,
            data={"robot_model": robot, "payload": payload, "freeze": f"2026-0{len(title)}-11"},
        )

    async def titles(**params: Any) -> str:
        answer = await caller.get("/api/requests", params={"sort": "title"} | params)
        assert answer.status_code == 200, answer.text
        return "".join(request["title"] for request in answer.json()["requests"])

    for value, found in (
        ("payload:100..200 kg", "B"),
        ("payload:100000.. g", "BC"),
        ("payload:..100 kg", "A"),
        ("payload:0.21 t", "C"),
        ("payload:80", "A"),
        ("robot_model:other", "BC"),
        ("freeze:2026-01-01..2026-12-31", "ABC"),
        ("freeze:..2026-01-01", ""),
        ("nothing:1", ""),
    ):
        assert await titles(field=value) == found, value
    assert await titles(field=["payload:100.. kg", "robot_model:Other", "payload:80"]) == "BC"
    assert await titles(q="zyklop") == "A"
    assert (await caller.get("/api/requests/counts", params={"field": "payload:100.. kg"})).json()["total"] == 2
    assert await titles(studyType=kind) == "ABC"
    assert await titles(studyType="nonsense") == ""
    assert (await caller.get("/api/requests", params={"studyType": "No Type"})).status_code == 422
    columns = {"field": "payload:0.12 t", "columns": ["title", "studyType", "data"]}
    file = (await caller.get("/api/requests/export", params=columns)).text
    assert "Simulation data,payload:0.12 t" in file
    assert f"B,{kind},freeze: 2026-01-11; payload: 120000 g; robot model: Other" in file
    for bad in ("payload", ":1", "payload:", "payload:1..2 blah", "Pay load:1", "payload:2..1"):
        answer = await caller.get("/api/requests", params={"field": bad})
        assert answer.status_code == 422, bad


async def test_only_an_admin_defines_and_every_error_is_told(
    kind: str, people: People, requester: Caller, engineer: Caller, manager: Caller, admin: Caller
) -> None:
    for caller in (requester, engineer, manager):
        assert (await caller.put(f"/api/study-types/{kind}", json={"name": "X", "fields": []})).status_code == 403
        assert kind in [t["id"] for t in (await caller.get("/api/study-types")).json()["studyTypes"]]
    fields = [
        {"name": "ok", "label": "L", "kind": "text"},
        {"name": "ok", "label": "L", "kind": "text"},
        {"name": "c", "label": "L", "kind": "choice"},
        {"name": "u", "label": "L", "kind": "text", "unit": "kg"},
        {"name": "n", "label": "L", "kind": "number", "unit": "blah"},
        {"name": "m", "label": "L", "kind": "number", "minimum": 2, "maximum": 1},
        {"name": "payload", "label": "L", "kind": "number", "unit": "mm"},
    ]
    criteria = [{"name": "c", "comparison": "<="}, {"name": "c", "comparison": "judged", "target": 1}]
    other = f"t{uuid4().hex[:10]}"
    answer = await admin.put(f"/api/study-types/{other}", json={"name": "X", "fields": fields, "criteria": criteria})
    assert wrong(answer) == [*(f"fields.{i}" for i in range(1, 7)), "criteria.0", "criteria.1"]
    shapeless = [{"name": "Not one", "label": "", "kind": "text"}]
    answer = await admin.put(f"/api/study-types/{other}", json={"name": "X", "fields": shapeless})
    assert wrong(answer) == ["fields.0.name", "fields.0.label"]
    assert wrong(await admin.put("/api/study-types/Not%20one", json={"name": "X", "fields": []})) == ["typeId"]


async def test_two_admins_do_not_write_over_each_other(kind: str, admin: Caller) -> None:
    path = f"/api/study-types/{kind}"
    criteria = [{"name": "Reach", "comparison": "judged"}]
    change = {"name": "Reach", "fields": FIELDS, "criteria": criteria}
    first = await admin.put(path, json=change, headers={"If-Match": '"1"'})
    assert (first.status_code, first.json()["studyType"]["version"]) == (200, 2)
    late = await admin.put(path, json=change | {"criteria": []}, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["studyType"]) == (412, first.json()["studyType"])
    again = await admin.put(path, json=change, headers={"If-Match": '"0"'})
    assert again.status_code == 412
    fresh = f"t{uuid4().hex[:10]}"
    assert (await admin.put(f"/api/study-types/{fresh}", json=change, headers={"If-Match": '"0"'})).status_code == 200
    twice = await asyncio.gather(
        *(admin.put(path, json=change | {"criteria": []}, headers={"If-Match": '"2"'}) for _ in range(2))
    )
    assert sorted(answer.status_code for answer in twice) == [200, 412]


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Reach and payload"},
        {"description": "What it is for"},
        {"active": False},
        {"position": 3},
        {"fields": [field | {"vendor": "FANUC"} for field in FIELDS]},
        {"fields": [field | {"help": "Of the tool too"} for field in FIELDS]},
        {"criteria": [{"name": "Reach", "comparison": "judged"}]},
    ],
    ids=lambda other: next(iter(other)),
)
async def test_whatever_of_a_type_somebody_else_changed_is_not_written_over(
    kind: str, admin: Caller, other: dict[str, Any]
) -> None:
    path, whole = f"/api/study-types/{kind}", {"name": "Reach", "fields": FIELDS}
    first = await admin.put(path, json=whole | other, headers={"If-Match": '"1"'})
    assert (first.status_code, first.headers["ETag"], first.json()["studyType"]["version"]) == (200, '"2"', 2)
    late = await admin.put(path, json=whole, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["studyType"]) == (412, first.json()["studyType"])
    again = await admin.put(path, json=whole | other, headers={"If-Match": '"2"'})
    assert (again.status_code, again.json()["studyType"]["version"]) == (200, 2), "nothing changed"


async def test_values_are_seen_and_written_with_their_request(
    kind: str, settings: Settings, people: People, requester: Caller, engineer: Caller
) -> None:
    request = await requester.submit(studyType=kind, data={"robot_model": "R"})
    stranger = await people.add("USER")
    assert (await stranger.get(f"/api/requests/{request['id']}/form")).status_code == 404
    for role, person, count in (
        ("simflow_requester", requester, 1),
        ("simflow_requester", stranger, 0),
        ("simflow_engineer", engineer, 0),
        ("simflow_manager", stranger, 1),
        ("none", requester, 0),
    ):
        async with signed_in_as(settings, role, person.id) as tx:
            assert (
                await tx.fetchval("SELECT count(*) FROM request_values WHERE request_id = $1", request["id"]) == count
            )
    insert = "INSERT INTO request_values (request_id, field, text_value) VALUES ($1, 'x', 'y')"
    for role, person in (("simflow_requester", stranger), ("simflow_engineer", engineer)):
        async with signed_in_as(settings, role, person.id) as tx:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.execute(insert, request["id"])
        for statement in ("UPDATE forms SET fields = '[]'", "DELETE FROM study_types"):
            async with signed_in_as(settings, role, person.id) as tx:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await tx.execute(statement)


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (1, "m", "mm", 1000),
        (2, "kg", "g", 2000),
        (45, "min", "s", 2700),
        (50, "%", "%", 50),
        (180, "deg", "rad", 3.14159265),
    ],
)
def test_units(value: float, unit: str, to: str, expected: float) -> None:
    assert units.convert(value, unit, to) == pytest.approx(expected)
    assert units.in_base(value, unit) == pytest.approx(units.in_base(expected, to))


@pytest.mark.parametrize("unit", ["", "1", "kg kg", "blah", "__import__('os')", "m**9", "m^9999", "x" * 40, "kg/", "é"])
def test_what_is_no_unit(unit: str) -> None:
    with pytest.raises(ValueError, match="is no unit"):
        units.check(unit)


SPELLINGS = ["KUKA", "Kuka", " kuka\t", "KUKA\u00a0"]


@pytest.mark.parametrize("spelt", SPELLINGS)
async def test_a_vendors_fields_are_found_however_it_is_spelt(
    kind: str, requester: Caller, engineer: Caller, admin: Caller, owner: asyncpg.Connection, spelt: str
) -> None:
    """In the form, in what is taken and in what completion waits for, alike."""
    fields = [
        {"name": "software", "label": "Software", "kind": "text", "required": "completion"},
        {"name": "software", "label": "KSS", "kind": "text", "vendor": "Kuka", "required": "completion"},
        {"name": "axes", "label": "Axes", "kind": "number", "vendor": "kuka  roboter", "required": "completion"},
    ]
    assert (await admin.put(f"/api/study-types/{kind}", json={"name": "Reach", "fields": fields})).is_success
    request = await requester.submit(studyType=kind, vendor=spelt)
    assert [field["label"] for field in (await form(requester, request))["fields"]] == ["KSS"]
    wanted = "SELECT hindrances(id, 'In Progress', vendor, form_id, 1) FROM requests WHERE id = $1"
    assert await owner.fetchval(wanted, request["id"]) == ["field:KSS"]
    path = f"/api/requests/{request['id']}"
    assert (await requester.patch(path, json={"data": {"software": "8.7"}})).is_success
    assert await owner.fetchval(wanted, request["id"]) == []
    wide = await requester.submit(studyType=kind, vendor="KUKA Roboter", data={"axes": 6})
    assert [field["label"] for field in (await form(requester, wide))["fields"]] == ["Software", "Axes"]


async def test_what_is_one_vendor_is_one_to_the_database_too(owner: asyncpg.Connection) -> None:
    names = [*SPELLINGS, "ABB", "Großmann  &\nSöhne ", "ÉCLAIR", "x\u2003y"]
    keys = [(await owner.fetchval("SELECT vendor_key($1)", name)) for name in names]
    assert keys == [vendor_key(name) for name in names]


async def test_two_spellings_of_a_vendor_are_no_two_fields(kind: str, admin: Caller) -> None:
    fields = [{"name": "kss", "label": "KSS", "kind": "text", "vendor": name} for name in ("KUKA", "kuka ")]
    assert wrong(await admin.put(f"/api/study-types/{kind}", json={"name": "Reach", "fields": fields})) == ["fields.1"]


async def test_a_vendors_own_field_stands_in_for_the_general_one_at_completion_too(
    admin: Caller, requester: Caller, engineer: Caller, manager: Caller
) -> None:
    kind = f"t{uuid4().hex[:10]}"
    fields = [
        {"name": "software", "label": "Software", "kind": "text", "required": "completion"},
        {"name": "software", "label": "KSS", "kind": "text", "vendor": "KUKA", "required": "completion"},
        {"name": "software", "label": "RobotWare", "kind": "text", "vendor": "ABB"},
        {"name": "cell", "label": "Cell", "kind": "text"},
        {"name": "cell", "label": "Cell by KUKA", "kind": "text", "vendor": "KUKA", "required": "completion"},
    ]
    answer = await admin.put(f"/api/study-types/{kind}", json={"name": "Own", "fields": fields})
    assert answer.status_code == 200, answer.text
    for vendor, why in (
        ("FANUC", "Software: still to be filled in."),
        ("KUKA", "KSS, Cell by KUKA: still to be filled in."),
        ("ABB", None),
    ):
        request = await requester.submit(studyType=kind, vendor=vendor)
        await manager.assign(request, engineer)
        assert (await engineer.move(request, "In Progress")).status_code == 200
        actions = (await engineer.get(f"/api/requests/{request['id']}")).json()["request"]["actions"]
        complete = next(one for one in actions if one["name"] == "complete")
        assert (complete["allowed"], complete["why"]) == (why is None, why)
        assert bool((await form(engineer, request))["missing"]) == (why is not None)
        assert (await engineer.move(request, "Completed")).status_code == (200 if why is None else 409)
