"""An index of the values of each field in their order: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    sql_beside(__file__)
