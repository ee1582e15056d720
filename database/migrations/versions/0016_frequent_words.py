"""How many requests have a word, roughly: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    sql_beside(__file__)
