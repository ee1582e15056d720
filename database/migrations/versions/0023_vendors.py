"""A vendor's fields are picked whatever the case and the spaces: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    sql_beside(__file__)
