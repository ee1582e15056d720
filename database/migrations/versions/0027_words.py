"""Which words each request holds, for those who search everything: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    sql_beside(__file__)
