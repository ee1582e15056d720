"""Drafts and templates: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    sql_beside(__file__)
