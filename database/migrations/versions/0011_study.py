"""Types of study, values, acceptance criteria: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    sql_beside(__file__)
