"""How estimates came out is kept, by the desk's own clocks: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    sql_beside(__file__)
