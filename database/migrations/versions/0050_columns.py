"""The first of each column of a search's board are found by narrower steps: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    sql_beside(__file__)
