"""Finds requests like one that is being written, among those that the person may see."""

from simflow.db.queries import Connection
from simflow.similar import queries
from simflow.similar.models import SimilarRequest
from simflow.users.models import Role, User

MOST = 5
LEAST_SCORE = 0.3
"""Below it a request is more likely to distract than to help; see docs/decisions/0019."""
LEAST_LETTERS = 4
COMPARED = 2000
"""Characters of a description: what it is about is said at its beginning."""


async def similar(tx: Connection, person: User, title: str, description: str) -> list[SimilarRequest]:
    """None where the title says too little."""
    title = " ".join(title.split())
    if len(title) < LEAST_LETTERS:
        return []
    text = f"{title} {description[:COMPARED]}"
    # For whom everything is visible the indexes serve; for others the policy's own do, and what they see is compared.
    sees_all = person.role in (Role.MANAGER, Role.ADMIN)
    if sees_all:
        ids = await queries.find_among_all.all(tx, title=title, text=text)
    else:
        ids = await queries.find_among_own.all(tx, title=title)
    return await queries.rank.all(tx, ids=ids, title=title, text=text, least=LEAST_SCORE, limit=MOST)
