"""What was counted row by row is told by what is kept, or by an index alone: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    sql_beside(__file__)
