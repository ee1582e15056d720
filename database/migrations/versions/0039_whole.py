"""A request with what its page needs in the statement of `enter()`: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    sql_beside(__file__)
