"""Searches beside filters are told by bits as well: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    sql_beside(__file__)
