"""The clock of a request stands while it waits for an answer: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    sql_beside(__file__)
