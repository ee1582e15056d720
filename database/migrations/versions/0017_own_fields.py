"""A vendor's own field stands in for the general one: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    sql_beside(__file__)
