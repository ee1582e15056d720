"""Figures for monitoring, and vacuum for the large tables: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    sql_beside(__file__)
