"""What charts count by time is kept by half hours: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    sql_beside(__file__)
