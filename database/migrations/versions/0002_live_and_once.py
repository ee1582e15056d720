"""Live events and idempotency keys: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    sql_beside(__file__)
