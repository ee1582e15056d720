"""Due dates, tags, links between requests: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    sql_beside(__file__)
