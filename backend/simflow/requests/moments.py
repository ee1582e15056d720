"""What is kept by half hours (0021), as a place of a statement: the folded cells of a side and what came since."""

MOMENTS = """(
    SELECT at, what, number FROM request_moments WHERE NOT fresh AND {folded}
    UNION ALL
    SELECT at, what, number FROM request_moments WHERE fresh AND {fresh}
)"""
AMONG_ALL = MOMENTS.format(folded="vendor = '' AND priority = ''", fresh="true")
OTHER = {"vendor": "priority", "priority": "vendor"}


def moments_of(side: str, chosen: str) -> str:
    """Of the vendors or priorities that this condition chooses. Each part is read by an index of its own."""
    return MOMENTS.format(folded=f"{chosen} AND {OTHER[side]} = ''", fresh=chosen)
