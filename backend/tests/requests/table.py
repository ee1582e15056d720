"""The workflow as the product description tells it, written down a second time so that a slip in the code shows."""

from typing import NamedTuple

SUBMITTED = "Submitted"
FEASIBILITY = "Feasibility Review"
INFORMATION = "Information Needed"
ALLOCATION = "Resource Allocation"
ENGINEERING = "Engineering Review"
DISCUSSION = "Discussion"
PROGRESS = "In Progress"
HOLD = "On Hold"
COMPLETED = "Completed"
REVISION = "Revision Requested"
ACCEPTED = "Accepted"
DENIED = "Denied"
CANCELLED = "Cancelled"

STATUSES = [
    SUBMITTED,
    FEASIBILITY,
    INFORMATION,
    ALLOCATION,
    ENGINEERING,
    DISCUSSION,
    PROGRESS,
    HOLD,
    COMPLETED,
    REVISION,
    ACCEPTED,
    DENIED,
    CANCELLED,
]
FINAL = {ACCEPTED, CANCELLED}
WITH_ENGINEER = {ENGINEERING, DISCUSSION, PROGRESS, HOLD, COMPLETED, REVISION, ACCEPTED}
"""Where a request has an engineer when it came the usual way."""


class Row(NamedTuple):
    action: str
    sources: set[str]
    to: str
    who: set[str]
    reason: bool = False


UNDECIDED = {SUBMITTED, FEASIBILITY, ALLOCATION}
BEFORE_WORK = UNDECIDED | {ENGINEERING, DISCUSSION}

TABLE = [
    Row("start_review", {SUBMITTED}, FEASIBILITY, {"manager"}),
    Row("approve", {FEASIBILITY}, ALLOCATION, {"manager"}),
    Row("assign", BEFORE_WORK | {PROGRESS, HOLD, REVISION}, ENGINEERING, {"manager"}),
    Row("accept_work", {ENGINEERING}, PROGRESS, {"engineer"}),
    Row("discuss", {ENGINEERING}, DISCUSSION, {"engineer"}, reason=True),
    Row("resolve", {DISCUSSION}, ENGINEERING, {"manager"}, reason=True),
    Row("unassign", {ENGINEERING, DISCUSSION, PROGRESS, HOLD}, ALLOCATION, {"manager"}, reason=True),
    Row("hold", {PROGRESS}, HOLD, {"engineer", "manager"}, reason=True),
    Row("resume", {HOLD}, PROGRESS, {"engineer", "manager"}),
    Row("complete", {PROGRESS}, COMPLETED, {"engineer"}),
    Row("accept", {COMPLETED}, ACCEPTED, {"requester"}),
    Row("request_revision", {COMPLETED}, REVISION, {"requester"}, reason=True),
    Row("approve_revision", {REVISION}, PROGRESS, {"manager"}),
    Row("rescope", {REVISION}, FEASIBILITY, {"manager"}, reason=True),
    Row("decline_revision", {REVISION}, COMPLETED, {"manager"}, reason=True),
    Row("ask_information", UNDECIDED, INFORMATION, {"manager"}, reason=True),
    Row("give_information", {INFORMATION}, FEASIBILITY, {"requester", "manager"}, reason=True),
    Row("deny", UNDECIDED | {INFORMATION}, DENIED, {"manager"}, reason=True),
    Row("reopen", {DENIED}, SUBMITTED, {"manager"}, reason=True),
    Row("cancel", BEFORE_WORK | {INFORMATION}, CANCELLED, {"requester", "manager"}, reason=True),
]


def plain_move(status: str, to: str) -> Row | None:
    """The row by which a change of status gets from one to the other; assigning is a call of its own."""
    return next((row for row in TABLE if row.action != "assign" and row.to == to and status in row.sources), None)
