"""Saved views, and indexes for boards: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    sql_beside(__file__)
