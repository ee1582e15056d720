"""The index for the order in which work is taken: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    sql_beside(__file__)
