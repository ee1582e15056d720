"""A request by its key is found by an index for everybody: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    sql_beside(__file__)
