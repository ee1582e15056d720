"""Working hours, for statistics: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    sql_beside(__file__)
