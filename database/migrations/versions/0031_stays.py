"""Finds what was in a status at a moment by an index: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    sql_beside(__file__)
