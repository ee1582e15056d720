"""People have versions: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    sql_beside(__file__)
