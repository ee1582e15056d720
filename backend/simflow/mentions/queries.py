"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in
from simflow.mentions.models import MentionRow, Namesake

bind = partial(bind_in, __package__)

list_namesakes: Query[Namesake] = bind("list_namesakes", Namesake)
replace: Query[Nothing] = bind("replace", Nothing)
list_visible: Query[MentionRow] = bind("list_visible", MentionRow)
