"""Passwords: argon2id, a length that matters, and no more work than a server can afford.

Parameters follow the OWASP cheat sheet (46 MiB, 1 pass): about 80 ms each, at most four at once, so that a
flood of sign-ins cannot take the memory.
"""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from engine.problems import InputError, Problem

SHORTEST: Final = 12
LONGEST_BYTES: Final = 1024
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1, type=Type.ID)
_AT_ONCE: Final = BoundedSemaphore(4)
_NOBODYS: Final = (
    "$argon2id$v=19$m=47104,t=2,p=1"
    "$bm9ib2R5LW5vYm9keW5vYm9keS1ub2JvZHk$qq/ZsnCUb7jTyNfYit+Tw5FB9rO0qcJ7cZxbMH0B1fQ"
)


def hash_password(password: str, *related: str, at: str = "/password") -> str:
    """The hash to store.

    related  login, name and the like, which the password must not consist of
    Raises InputError if it is too short, too long or easy to guess (NIST SP 800-63B: length, no composition).
    """
    problems = list(_weaknesses(password, related, at))
    if problems:
        raise InputError(problems)
    with _AT_ONCE:
        return _HASHER.hash(password)


def verify_password(password: str, stored: str | None) -> bool:
    """Whether the password is right; takes the same time for an account that has none.

    Raises InputError above 1,024 bytes, before anything is computed.
    """
    if _too_long(password):
        raise InputError([Problem("identity.password.too-long", "/password", {"limit": LONGEST_BYTES})])
    try:
        with _AT_ONCE:
            return _HASHER.verify(stored or _NOBODYS, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Whether it was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def _weaknesses(password: str, related: tuple[str, ...], at: str) -> list[Problem]:
    if _too_long(password):
        return [Problem("identity.password.too-long", at, {"limit": LONGEST_BYTES})]
    if len(password) < SHORTEST:
        return [Problem("identity.password.too-short", at, {"limit": SHORTEST})]
    rest = password.casefold()
    for word in (*related, "dougong", "斗拱", "password", "1234567890", "qwertyuiop"):
        rest = rest.replace(word.casefold(), "") if len(word) > 2 else rest
    if len(rest) < 6 or len(set(rest)) < 5:
        return [Problem("identity.password.easy", at)]
    return []


def _too_long(password: str) -> bool:
    return len(password) > LONGEST_BYTES or len(password.encode()) > LONGEST_BYTES
