"""Every order of the list has an index: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0025"
down_revision = "0023"


def upgrade() -> None:
    sql_beside(__file__)
