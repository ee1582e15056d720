"""All words are gathered line by line, in parallel: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    sql_beside(__file__)
