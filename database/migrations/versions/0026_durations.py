"""How long finished requests took is kept, and counted by weeks: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    sql_beside(__file__)
