"""Requests like the one that is being written: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    sql_beside(__file__)
