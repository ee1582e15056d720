"""What is done to a database of one's own."""

import asyncpg
from alembic import command
from alembic.config import Config

from simflow.db.revision import MIGRATIONS


async def run(superuser_url: str, *statements: str) -> None:
    connection = await asyncpg.connect(superuser_url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def migrate_to(url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, revision)
