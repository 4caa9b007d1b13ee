"""What may still set fields of a record before it is checked, or refuse it (SEMANTICS §3, `saving` rules)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from engine.problems import Problem
from runtime.catalog.metadata import Metadata, PublishedForm
from runtime.records.scene import Scene
from runtime.records.targets import Targets

Values = Mapping[str, object]


@dataclass(slots=True)
class Unsaved:
    """A settled record that is about to be checked and written.

    values   stored values by key, system fields as far as they are known
    old      the stored record, None for a new one
    targets  what its references point to
    settle   gives the whole record at rest again after fields were set
    """

    form: PublishedForm
    values: Values
    old: Values | None
    targets: Targets
    settle: Callable[[Values], Values]

    def set(self, values: Values) -> None:
        """Give fields other stored values; what depends on them follows."""
        self.values = self.settle({**self.values, **values})


class Saving(Protocol):
    """Something above `records` that looks at a record before it is checked."""

    def watches(self, metadata: Metadata, form: str) -> bool:
        """Whether it has anything to say about this form; then, and only then, `before` is called."""

    def expect(self, conn: sa.Connection, scene: Scene, records: Sequence[Unsaved]) -> None:
        """Many new records of a watched form are about to be looked at, one by one: what all of them need can
        be read at once."""

    def before(self, conn: sa.Connection, scene: Scene, record: Unsaved) -> tuple[Problem, ...]:
        """Set fields, and return why the record must not be saved; each problem at its field."""
