"""A request's comments come as the answer has them: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    sql_beside(__file__)
