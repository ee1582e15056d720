"""What hinders a request is planned once for a connection: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    sql_beside(__file__)
