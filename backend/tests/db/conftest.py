"""Databases of their own, for tests of migrations."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from simflow.db import embedded
from tests.db.fresh import run


@pytest.fixture
async def fresh(server: embedded.EmbeddedServer) -> AsyncIterator[str]:
    """The name of an empty database that the owner owns."""
    name = f"fresh_{uuid4().hex}"
    postgres = server.url(user="postgres", database="postgres")
    await run(postgres, f"CREATE DATABASE {name} OWNER simflow_owner")
    yield name
    await run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def fresh_url(server: embedded.EmbeddedServer, fresh: str) -> str:
    return server.url(user="simflow_owner", database=fresh)
