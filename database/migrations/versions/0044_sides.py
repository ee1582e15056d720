"""What charts count by vendor and by priority is counted by type of study too: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    sql_beside(__file__)
