"""Why somebody who does not see everything sees a request, as SQL: what row-level security says, reason by reason.

Each of them can be found by an index, which all in one condition cannot.
"""

from simflow.requests.workflow import Status
from simflow.users.models import Role

SEEN_BY_ALL_ENGINEERS = Status.ENGINEERING_REVIEW
"""The status whose requests row-level security shows to each engineer."""
REVIEWED = f"r.status = '{SEEN_BY_ALL_ENGINEERS}'"
# As in the policies: of a person that it does not know the planner expects neither few requests nor many.
ME = "(SELECT current_person())"
REASONS = {
    Role.USER: (f"r.created_by = {ME}",),
    Role.ENGINEER: (
        REVIEWED,
        f"r.assigned_to = {ME} AND NOT {REVIEWED}",
        f"r.created_by = {ME} AND r.assigned_to IS DISTINCT FROM {ME} AND NOT {REVIEWED}",
    ),
}
"""No two of them of one request."""
