"""Keeps the load of each engineer as one cell: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    sql_beside(__file__)
