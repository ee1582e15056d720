"""Indexes for boards of engineers and requesters, and what moved by half hours: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    sql_beside(__file__)
