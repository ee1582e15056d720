"""Charts of words read bits instead of looking for the words: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    sql_beside(__file__)
