"""Every way a call can fail, as a small class with its status. The docstring is what people read."""

from collections.abc import Sequence
from typing import Any, ClassVar

from msgspec import Struct, field


class CommandError(Exception):
    """What a person at the command line must know, in one line; the command ends with exit code 1."""


class FieldError(Struct, frozen=True):
    """One invalid field, by its name on the wire, and what is wrong with it."""

    field: str
    message: str


class Problem(Struct, kw_only=True, omit_defaults=True):
    """The body of an error answer, `application/problem+json` (RFC 9457).

    `requestId` is the mark of the call, by which it is found in the logs.
    """

    type: str
    title: str
    status: int
    detail: str
    request_id: str = field(name="requestId")
    errors: list[FieldError] | None = None


class ApiError(Exception):
    """The base of every refusal that a client sees."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: Sequence[FieldError] = (),
        extra: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.detail = detail or (type(self).__doc__ or "").strip()
        self.errors = list(errors)
        self.extra = extra or {}
        self.headers = headers or {}
        super().__init__(self.detail)


class NotJson(ApiError):
    """The body is not valid JSON."""

    status, title = 400, "Not JSON"


class NotSignedIn(ApiError):
    """Sign in first: there is no session, or it has ended."""

    status, title = 401, "Not signed in"


class WrongCredentials(ApiError):
    """The e-mail address or the password is wrong."""

    status, title = 401, "Not signed in"


class Forbidden(ApiError):
    """You may not do this."""

    status, title = 403, "Not allowed"


class CrossSite(ApiError):
    """This call came from another site, which may not change anything here."""

    status, title = 403, "Cross-site call refused"


class NotFound(ApiError):
    """There is nothing here, or you may not see it."""

    status, title = 404, "Not found"


class IllegalMove(ApiError):
    """The request cannot do this in its current status."""

    status, title = 409, "Not possible now"


class Withdrawn(ApiError):
    """This comment has been withdrawn."""

    status, title = 409, "Not possible now"


class ClosedCriteria(ApiError):
    """The criteria of a request that is completed, or over, stay as they are."""

    status, title = 409, "Not possible now"


class MeasuredCriterion(ApiError):
    """This criterion has results, which stay. Make it one that is not required instead."""

    status, title = 409, "Not possible now"


class Circle(ApiError):
    """This link would close a circle: the other request leads back to this one already."""

    status, title = 409, "Not possible now"


class TooManyDrafts(ApiError):
    """You have as many drafts as there may be. Submit one, or throw one away."""

    status, title = 409, "Too many drafts"


class Stale(ApiError):
    """Somebody else changed this request in the meantime."""

    status, title = 412, "Changed by somebody else"


class TooLarge(ApiError):
    """The body is too large."""

    status, title = 413, "Too large"


class WrongContentType(ApiError):
    """Send the body as application/json."""

    status, title = 415, "Wrong content type"


class InvalidFields(ApiError):
    """Some fields cannot be taken as they are."""

    status, title = 422, "Invalid fields"

    def __init__(self, *errors: FieldError) -> None:
        names = ", ".join(dict.fromkeys(error.field for error in errors if error.field))
        super().__init__(f"Please correct: {names}." if names else None, errors=errors)


class TooMany(ApiError):
    """Too many attempts. Wait a little, then try again."""

    status, title = 429, "Too many attempts"


class NotMigrated(ApiError):
    """The database is not migrated yet."""

    status, title = 503, "Not ready"


class Stopping(ApiError):
    """This process is about to stop, and takes nothing new."""

    status, title = 503, "Stopping"


class DatabaseAway(ApiError):
    """The database cannot be reached right now. Nothing was changed; try again in a moment."""

    status, title = 503, "Database not reachable"

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "2"})
