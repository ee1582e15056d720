"""Keeps the moments of each vendor and of each priority too: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    sql_beside(__file__)
