"""Spans of the simulation data are found by indexes alone: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    sql_beside(__file__)
