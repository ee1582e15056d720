"""Pages of a search come from the bits that count it: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    sql_beside(__file__)
