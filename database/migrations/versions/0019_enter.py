"""Looking at a session and reading for its person is one statement: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    sql_beside(__file__)
