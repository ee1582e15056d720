"""A status for what waits for the requester: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    sql_beside(__file__)
