"""How many requests have some words is told by bits: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    sql_beside(__file__)
