"""When a request entered which status, and weekly hours: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    sql_beside(__file__)
