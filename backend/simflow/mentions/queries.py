"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from msgspec import Struct

from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in
from simflow.mentions.models import MentionRow, Namesake


class Nothing(Struct):
    """For statements that return no rows."""


bind = partial(bind_in, __package__)

list_namesakes: Query[Namesake] = bind("list_namesakes", Namesake)
replace: Query[Nothing] = bind("replace", Nothing)
list_visible: Query[MentionRow] = bind("list_visible", MentionRow)
