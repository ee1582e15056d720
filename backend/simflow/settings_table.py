"""The table of every variable in docs/operations.md, made from the settings.

python -m simflow.settings_table docs/operations.md
"""

import re
import sys
from dataclasses import fields
from pathlib import Path

from simflow.settings import Settings

PLACE = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)


def table() -> str:
    """Every variable as a Markdown table."""
    rows = ["| variable | meaning | default |", "|---|---|---|"]
    for one in fields(Settings):
        m = one.metadata
        name = f"`{m['name']}`" + (f", `{m['name']}_FILE`" if m["secret"] else "")
        default = m["shown"] or ("" if one.default is None else _shown(one.default))
        rows.append(f"| {name} | {m['meaning']} | {default} |")
    return "\n".join(rows) + "\n"


def _shown(default: object) -> str:
    return "off" if default is False else f"`{default}`"


def write(page: Path) -> None:
    """Puts the table into its place in the page."""
    text, found = PLACE.subn(lambda _: table(), page.read_text())
    assert found == 1, page  # noqa: S101
    page.write_text(text)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
