"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in
from simflow.study.models import FormRow, FormVersion, StudyTypeRow, ToldValues, ValueOf, ValueRow

bind = partial(bind_in, __package__)

list_types: Query[StudyTypeRow] = bind("list_types", StudyTypeRow)
lock_type: Query[Nothing] = bind("lock_type", Nothing)
put_type: Query[Nothing] = bind("put_type", Nothing)
insert_form: Query[Nothing] = bind("insert_form", Nothing)
get_form: Query[FormRow] = bind("get_form", FormRow)
list_values: Query[ValueRow] = bind("list_values", ValueRow)
list_values_of: Query[ValueOf] = bind("list_values_of", ValueOf)
list_forms: Query[FormVersion] = bind("list_forms", FormVersion)
tell_values: Query[ToldValues] = bind("tell_values", ToldValues)
replace_values: Query[Nothing] = bind("replace_values", Nothing)
get_person: Query[str] = bind("get_person", str)
