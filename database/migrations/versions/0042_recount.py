"""Moments and durations are counted anew in parallel: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    sql_beside(__file__)
