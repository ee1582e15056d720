"""Comments that change, mentions, watchers, notifications: the SQL is in the file of the same name."""

from simflow.db.migrate import sql_beside

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    sql_beside(__file__)
