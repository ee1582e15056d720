"""Who may do what with the criteria of a request. Pure functions."""

from simflow.requests.models import Request
from simflow.requests.workflow import Status
from simflow.users.models import Role, User

CLOSED = {Status.COMPLETED, Status.ACCEPTED, Status.DENIED, Status.CANCELLED}
AT_WORK = {Status.IN_PROGRESS, Status.ON_HOLD}
AT_REST = {Status.COMPLETED, Status.REVISION_REQUESTED, Status.ACCEPTED}
"""Nobody measures: the results that there are count, even where a further round was asked for, or declined."""
REQUESTER, TEAM = "requester", "team"


def sides(person: User, request: Request) -> list[str]:
    """The sides that this person speaks for; an admin for both."""
    is_team = person.role in (Role.MANAGER, Role.ADMIN) or person.id == request.assigned_to
    is_requester = person.role == Role.ADMIN or person.id == request.created_by
    return [REQUESTER] * is_requester + [TEAM] * is_team


def may_change(person: User, request: Request) -> bool:
    return bool(sides(person, request)) and request.status not in CLOSED


def may_measure(person: User, request: Request) -> bool:
    return TEAM in sides(person, request) and request.status in AT_WORK
