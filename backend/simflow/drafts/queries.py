"""The statements of queries.sql, bound to what their rows become."""

from functools import partial
from uuid import UUID

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.drafts.models import DraftRow

bind = partial(bind_in, __package__)

list_own: Query[DraftRow] = bind("list_own", DraftRow)
get_own: Query[DraftRow] = bind("get_own", DraftRow)
insert: Query[DraftRow] = bind("insert", DraftRow)
change: Query[DraftRow] = bind("change", DraftRow)
delete: Query[UUID] = bind("delete", UUID)
