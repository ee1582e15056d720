"""What every free text has in common."""

STORABLE = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
"""A pattern for OpenAPI: not blank, and nothing that PostgreSQL cannot store. Length bounds hold after trimming."""
