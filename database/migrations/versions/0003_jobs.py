"""Jobs and their queue: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    sql_beside(__file__)
