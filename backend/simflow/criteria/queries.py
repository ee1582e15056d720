"""The statements of queries.sql, bound to what their rows become."""

from functools import partial

from simflow.criteria.models import AgreementRow, CriterionRow, MeasurementRow
from simflow.db.queries import Nothing, Query
from simflow.db.queries import bind as bind_in

bind = partial(bind_in, __package__)

list_criteria: Query[CriterionRow] = bind("list_criteria", CriterionRow)
list_measurements: Query[MeasurementRow] = bind("list_measurements", MeasurementRow)
list_agreements: Query[AgreementRow] = bind("list_agreements", AgreementRow)
insert_many: Query[Nothing] = bind("insert_many", Nothing)
update: Query[bool] = bind("update", bool)
delete: Query[bool] = bind("delete", bool)
insert_measurement: Query[Nothing] = bind("insert_measurement", Nothing)
agree: Query[Nothing] = bind("agree", Nothing)
log: Query[Nothing] = bind("log", Nothing)
