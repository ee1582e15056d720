"""The life of a request as a Mermaid diagram and a table, written into docs/workflow.md by `make generate`."""

import sys
from pathlib import Path

from simflow.requests.workflow import FINAL, TRANSITIONS, Status

HEAD = """# The life of a request

Made by `make generate` from the table in `backend/simflow/requests/workflow.py`; do not edit. An admin may do whatever
any of the others may. What leads to Resource Allocation clears the engineer.
"""


def _state(status: Status) -> str:
    return status.replace(" ", "")


def _diagram() -> list[str]:
    moves = [f"    {_state(source)} --> {_state(t.to)}: {t.action}" for t in TRANSITIONS for source in t.sources]
    names = [f'    state "{status}" as {_state(status)}' for status in Status]
    ends = [f"    {_state(status)} --> [*]" for status in Status if status in FINAL]
    return ["```mermaid", "stateDiagram-v2", *names, "    [*] --> Submitted", *moves, *ends, "```"]


def _table() -> list[str]:
    rows = [
        f"| `{t.action}` | {', '.join(t.sources)} | {t.to} | {' or '.join(t.who)} | {'a reason' * t.needs_reason} |"
        for t in TRANSITIONS
    ]
    return ["| action | from | to | who | needs |", "|---|---|---|---|---|", *rows]


def text() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_diagram(), "", *_table(), ""])


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text())
