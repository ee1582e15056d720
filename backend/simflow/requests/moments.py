"""What is kept by half hours (0021), as a place of a statement: the folded cells of a side and what came since."""

SIDES = ("vendor", "priority", "study_type")
"""What cells are kept by."""
MOMENTS = """(
    SELECT at, what, number FROM request_moments WHERE NOT fresh AND {chosen} AND {others}
    UNION ALL
    SELECT at, what, number FROM request_moments WHERE fresh AND {chosen}
)"""


def moments(side: str | None = None, chosen: str = "true") -> str:
    """Among all, or of what this condition chooses of a side. Each part is read by an index of its own."""
    others = " AND ".join(f"{other} = ''" for other in SIDES if other != side)
    return MOMENTS.format(chosen=chosen, others=others)


AMONG_ALL = moments()
