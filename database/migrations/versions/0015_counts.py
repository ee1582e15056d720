"""Counts of requests, kept by the database: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    sql_beside(__file__)
