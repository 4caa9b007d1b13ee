"""Random tokens that are shown once and stored as their hash."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, safe in addresses and cookies."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What the database holds; a random token needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
