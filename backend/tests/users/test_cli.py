"""`simflow user`, up to the sign-in of those whom it made."""

from uuid import uuid4

import httpx
import pytest

from simflow.settings import Settings
from tests.commands import error_of, simflow
from tests.conftest import Caller, People

PASSWORD = "correct horse"


def address() -> str:
    return f"{uuid4().hex}@example.org"


async def make(settings: Settings, email: str, *, role: str = "ADMIN", password: str | bytes = PASSWORD + "\n"):
    return await simflow(
        settings, "user", "create", "--email", email, "--name", "Ada Min", "--role", role, "--password-stdin",
        stdin=password,
    )  # fmt: skip


async def sign_in(people: People, email: str, password: str = PASSWORD) -> httpx.Response:
    return await people.stranger().post("/api/auth/login", json={"email": email, "password": password})


async def test_who_is_made_can_sign_in(settings: Settings, people: People) -> None:
    email = address()
    result = await make(settings, f" {email} ", role="manager")
    assert (result.exit_code, result.stdout) == (0, f"Ada Min can sign in as {email}, with the role MANAGER.\n")
    answer = await sign_in(people, email.upper())
    assert (answer.status_code, answer.json()["user"]["role"]) == (200, "MANAGER")


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
async def test_the_password_is_the_line_without_its_end(settings: Settings, people: People, end: str) -> None:
    email, password = address(), "  mit Ümläuten  "
    await make(settings, email, password=(password + end).encode())
    assert (await sign_in(people, email, password)).status_code == 200


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "The password is empty."),
        ("\n", "The password is empty."),
        ("seven c", "A password has 8 to 1024 characters; this has 7."),
        ("x" * 1025, "A password has 8 to 1024 characters; this has 1025."),
        ("two\nlines of it", "The password on standard input has more than one line."),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff", "The password on standard input is not UTF-8 text."),
        ("with a \x00 in it", "A password cannot contain the NUL character: no browser could send it."),
    ],
)
async def test_a_bad_password_is_refused(settings: Settings, password: str | bytes, said: str) -> None:
    email = address()
    assert error_of(await make(settings, email, password=password)) == said
    assert email not in (await simflow(settings, "user", "list")).stdout


async def test_a_password_is_never_an_argument(settings: Settings) -> None:
    result = await simflow(settings, "user", "password", "--email", address())
    assert error_of(result) == "Give the password on standard input, with --password-stdin."


async def test_an_address_is_one_persons(settings: Settings) -> None:
    email = address()
    await make(settings, email)
    assert error_of(await make(settings, email.upper())).endswith("already.")


@pytest.mark.parametrize("email", ["", "ada", "a b@example.org", "@example.org", "a@b@c", "x" * 251 + "@a.de"])
async def test_what_is_no_address_is_refused(settings: Settings, email: str) -> None:
    assert error_of(await make(settings, email)).endswith("is not an e-mail address.")


async def test_an_unknown_role_names_the_known_ones(settings: Settings) -> None:
    assert "'user', 'engineer', 'manager', 'admin'" in error_of(await make(settings, address(), role="BOSS"), 2)


async def test_everybody_is_listed_on_one_line(settings: Settings, people: People) -> None:
    left = await people.add("ENGINEER", name="L" * 200, active=False)
    (line,) = (
        line for line in (await simflow(settings, "user", "list")).stdout.splitlines() if left.user["email"] in line
    )
    assert line.split() == ["L" * 200, left.user["email"], "ENGINEER", "no"]


async def test_a_new_password_ends_the_sessions_with_the_old_one(
    settings: Settings, people: People, engineer: Caller
) -> None:
    arguments = ("user", "password", "--email", engineer.user["email"], "--password-stdin")
    assert (await simflow(settings, *arguments, stdin=PASSWORD)).exit_code == 0
    assert (await engineer.get("/api/auth/session")).status_code == 401
    assert (await sign_in(people, engineer.user["email"])).status_code == 200


async def test_who_is_deactivated_is_out_until_activated(settings: Settings, people: People) -> None:
    email = address()
    await make(settings, email, role="USER")
    caller = people.stranger()
    credentials = {"email": email, "password": PASSWORD}
    assert (await caller.post("/api/auth/login", json=credentials)).status_code == 200
    assert (await simflow(settings, "user", "deactivate", "--email", email)).exit_code == 0
    assert (await caller.get("/api/auth/session")).status_code == 401
    assert (await sign_in(people, email)).status_code == 401
    assert (await simflow(settings, "user", "activate", "--email", email)).exit_code == 0
    # The old session stays dead.
    assert (await caller.get("/api/auth/session")).status_code == 401
    assert (await sign_in(people, email)).status_code == 200


@pytest.mark.parametrize("change", ["activate", "deactivate"])
async def test_nobody_with_that_address(settings: Settings, change: str) -> None:
    said = error_of(await simflow(settings, "user", change, "--email", "nobody@example.org"))
    assert said == "There is nobody with the address nobody@example.org."


async def test_activating_tells_that_there_is_no_password(settings: Settings, people: People) -> None:
    left = await people.add("USER", active=False)
    result = await simflow(settings, "user", "activate", "--email", left.user["email"])
    assert "There is no password yet" in result.stdout
