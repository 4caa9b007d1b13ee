"""What an import is asked to do, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

import sqlalchemy as sa

from engine.apps.mapping import ImportMapping
from engine.problems import Problem
from runtime.imports.rows import FileRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """One import.

    batch_id   written into everything it does; the same again goes on where it stopped
    file_name  as the person knows the file
    """

    batch_id: str
    mapping: ImportMapping
    file: Path
    file_name: str
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows so far; `done` is the sum of the others."""

    total: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0

    @property
    def done(self) -> int:
        return self.created + self.updated + self.unchanged + self.failed

    def plus(self, *, created: int = 0, updated: int = 0, unchanged: int = 0, failed: int = 0) -> Counts:
        return replace(
            self,
            created=self.created + created,
            updated=self.updated + updated,
            unchanged=self.unchanged + unchanged,
            failed=self.failed + failed,
        )


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row that was not taken, with every reason."""

    row: FileRow
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of it; `failed` holds the first rows that were not taken."""

    batch_id: str
    counts: Counts
    dry_run: bool
    failed: Sequence[FailedRow] = ()


class Steps(Protocol):
    """Where an import runs: as a job with lease and progress, or at the command line."""

    def write(self, work: Callable[[sa.Connection], T]) -> T:
        """One unit of work; may run `work` more than once."""

    def report(self, done: int, total: int) -> None:
        """Tell how far it is."""
