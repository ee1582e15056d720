"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.comments.models import Comment, CommentVersion
from simflow.db.queries import Query
from simflow.db.queries import bind as bind_in

bind = partial(bind_in, __package__)

insert: Query[Comment] = bind("insert", Comment)
get_visible: Query[Comment] = bind("get_visible", Comment)
change: Query[Comment] = bind("change", Comment)
list_versions: Query[CommentVersion] = bind("list_versions", CommentVersion)

INSERT_BY = {column: insert.filled(where=f"r.{column} = :value") for column in ("id", "number")}
edit = change.filled(set="content = :content")
withdraw = change.filled(set="withdrawn_at = now()")
