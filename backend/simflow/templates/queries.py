"""The statements of queries.sql, bound to what their rows become."""

from functools import partial
from uuid import UUID

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.templates.models import TemplateRow

bind = partial(bind_in, __package__)

list_all: Query[TemplateRow] = bind("list_all", TemplateRow)
get: Query[TemplateRow] = bind("get", TemplateRow)
insert: Query[TemplateRow] = bind("insert", TemplateRow)
change: Query[TemplateRow] = bind("change", TemplateRow)
delete: Query[UUID] = bind("delete", UUID)
