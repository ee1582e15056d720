"""Charts of what is filtered or seen by few by indexes and what is kept: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0035"
down_revision = "0031"


def upgrade() -> None:
    sql_beside(__file__)
