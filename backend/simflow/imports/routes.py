"""The import over HTTP, for admins."""

from typing import Annotated, Any

from litestar import Router, post
from litestar.params import JSONBody, QueryParameter

from simflow.errors import Forbidden, WrongContentType
from simflow.imports import service
from simflow.imports.export import NotAnExport
from simflow.imports.models import Report
from simflow.imports.service import Importer
from simflow.users.models import Role
from simflow.web.call import Call
from simflow.web.injected import Tx
from simflow.web.openapi import refusals

MAX_FILE_BYTES = 50_000_000
MAY_IMPORT = {Role.ADMIN}

DryRun = Annotated[bool, QueryParameter(name="dryRun", description="Only tell what would happen.")]
SkipInvalid = Annotated[
    bool, QueryParameter(name="skipInvalid", description="Take the rest when some entries cannot be taken.")
]


class FileCall(Call):
    """Hands on the body as it came: a file is checked entry by entry, not as one Struct."""

    async def json(self) -> bytes:
        """Raises `WrongContentType` or `TooLarge`."""
        if self.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            raise WrongContentType
        return await self.body()


@post(
    "/localstorage",
    status_code=200,
    request_class=FileCall,
    request_max_body_size=MAX_FILE_BYTES,
    responses=refusals(Forbidden, NotAnExport, body=True),
)
async def import_localstorage(
    data: JSONBody[Any], request: FileCall, tx: Tx, dry_run: DryRun = True, skip_invalid: SkipInvalid = False
) -> Report:
    """Takes over an export of the old browser storage, in one of its three shapes; first only as a dry run.

    Without `skipInvalid` nothing at all is taken as long as one entry cannot be.
    """
    person = request.user
    if person.role not in MAY_IMPORT:
        raise Forbidden("Only an admin may import.")
    importer = Importer(person.id, person.name)
    return await service.take_over(tx, data, importer, dry_run=dry_run, skip_invalid=skip_invalid)


router = Router("/import", route_handlers=[import_localstorage], tags=["import"])
