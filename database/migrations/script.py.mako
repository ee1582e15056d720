"""${message}: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    sql_beside(__file__)
