"""What downloads are, in the contract."""

from copy import copy

from litestar.openapi.spec import OpenAPI, OpenAPIResponse

from simflow.spreadsheets import MEDIA_TYPES, Format


def declare_workbooks(contract: OpenAPI) -> None:
    """Litestar declares one media type for a route. What comes as CSV comes as a workbook too."""
    for path in (contract.paths or {}).values():
        answer = path.get and (path.get.responses or {}).get("200")
        if isinstance(answer, OpenAPIResponse) and answer.content and MEDIA_TYPES[Format.CSV] in answer.content:
            answer.content[MEDIA_TYPES[Format.XLSX]] = copy(answer.content[MEDIA_TYPES[Format.CSV]])
