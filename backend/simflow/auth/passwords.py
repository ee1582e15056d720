"""Password hashes: argon2id for new ones; bcrypt is verified and upgraded at the next sign-in."""

import asyncio

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher


class OldBcryptHasher(BcryptHasher):
    """Verifies as bcrypt always did: by the first 72 bytes. The library fails for longer passwords instead."""

    def verify(self, password: str | bytes, hash: str | bytes) -> bool:  # noqa: A002
        encoded = password.encode() if isinstance(password, str) else password
        return super().verify(encoded[:72], hash)


HASHER = PasswordHash((Argon2Hasher(), OldBcryptHasher()))
# Verified when nobody has the address, so that the time of an answer does not tell whether an account exists.
DUMMY_HASH = HASHER.hash("nobody has this password")
# Each argon2id check takes 64 MiB and up to four threads. Two at once check a fifth to a third more in one process, but
# with a process for each core the cores are taken already, and each process would need 64 MiB more.
AT_ONCE = asyncio.Semaphore(1)


def hash_password(password: str) -> str:
    """An argon2id hash in the modular crypt format."""
    return HASHER.hash(password)


async def verify(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Whether the password is right and, where its hash is of an older kind, the hash to store instead."""
    right, better = await asyncio.to_thread(HASHER.verify_and_update, password, stored or DUMMY_HASH)
    return right and stored is not None, better
