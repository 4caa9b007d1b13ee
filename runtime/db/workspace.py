"""A workspace: one database, one folder of files, one time zone and base currency."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from runtime.db.database import Database


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything a room needs to know about where it works.

    zone      `today()`, periods and schedules are in it
    currency  base currency, ISO 4217
    secret    signs what leaves and comes back (cursors, tokens); derive a key per purpose with `sign`
    clock     aware UTC; tests hand in their own
    """

    key: str
    name: str
    database: Database
    data_dir: Path
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    currency: str = "CNY"
    secret: bytes = field(default=b"", repr=False)
    clock: Callable[[], datetime] = utc_now

    @property
    def files_dir(self) -> Path:
        """Uploads and results of jobs; part of every backup."""
        return self.data_dir / "files"

    def now(self) -> datetime:
        return self.clock()

    def sign(self, purpose: str, message: bytes) -> bytes:
        """A signature (16 bytes) that is valid for this workspace and this purpose only."""
        key = hmac.digest(self.secret, f"{self.key}/{purpose}".encode(), hashlib.sha256)
        return hmac.digest(key, message, hashlib.sha256)[:16]
