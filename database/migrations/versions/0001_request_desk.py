"""The request desk: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0001"
down_revision = None


def upgrade() -> None:
    sql_beside(__file__)
