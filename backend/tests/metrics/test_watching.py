"""The alert rules and the dashboard ask for figures that there are."""

import re
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from simflow.settings import REPOSITORY
from tests.conftest import BASE_URL

MONITORING = REPOSITORY / "monitoring"
FROM_ELSEWHERE = {
    "simflow_backup_last_success_timestamp_seconds",  # written by whatever makes backups
    "simflow_database_slow_statements",  # where the server keeps statements
}


def figures_in(file: Path) -> set[str]:
    return set(re.findall(r"\b(?:simflow|process)_[a-z_0-9]+\b", file.read_text()))


@pytest.mark.parametrize("file", ["alerts.yml", "grafana/dashboards/simflow.json"])
async def test_every_figure_that_is_asked_for_is_there(app: Litestar, file: str) -> None:
    asked_for = figures_in(MONITORING / file)
    assert len(asked_for) > 10
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client:
        await client.get("/health")
        told = (await client.get("/metrics")).text
    families = set(re.findall(r"^# TYPE (\S+)", told, re.MULTILINE))
    samples = set(re.findall(r"^([a-z_0-9]+)[{ ]", told, re.MULTILINE))
    assert asked_for - families - samples - FROM_ELSEWHERE == set()
