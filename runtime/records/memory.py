"""What was read in a transaction and still holds: rows of an import, and rules, ask the same again and again.

An entry names the forms it was read from; it is forgotten when a record of one of them is written, here and
now, or when what was written is undone. Who writes records says so with `wrote`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa

MAX_ENTRIES: Final = 20_000
_MEMORY: Final = "dougong.records.memory"
_State = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Memory:
    _writes: Counter[str] = field(default_factory=Counter)
    _entries: dict[Hashable, tuple[_State, object]] = field(default_factory=dict)

    def find(self, mark: Hashable) -> object | None:
        """What was kept under the mark, unless a form it was read from was written since."""
        kept = self._entries.get(mark)
        if kept is None or kept[0] != self._state(form for form, _ in kept[0]):
            return None
        return kept[1]

    def keep(self, mark: Hashable, forms: Iterable[str], value: object) -> None:
        if len(self._entries) >= MAX_ENTRIES:
            self._entries.clear()
        self._entries[mark] = self._state(forms), value

    def wrote(self, form: str) -> None:
        self._writes[form] += 1

    def forget(self) -> None:
        """Something written was undone."""
        self._entries.clear()

    def _state(self, forms: Iterable[str]) -> _State:
        return tuple((form, self._writes[form]) for form in forms)


def memory_of(conn: sa.Connection) -> Memory:
    """The memory of the transaction that is open on the connection."""
    transaction = conn.get_transaction()
    kept: tuple[object, Memory] | None = conn.info.get(_MEMORY)
    if transaction is not None and kept is not None and kept[0] is transaction:
        return kept[1]
    memory = Memory()
    conn.info[_MEMORY] = (transaction, memory)
    return memory


def wrote(conn: sa.Connection, form: str) -> None:
    """A record of the form, or a row of it, was inserted, updated or deleted."""
    memory_of(conn).wrote(form)
