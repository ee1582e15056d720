"""Search by the words that are kept, for those who do not see everything: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    sql_beside(__file__)
