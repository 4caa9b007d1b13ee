"""What happens because a record changed: a queue of changes, worked off inside the same transaction.

`records` knows no automation. The composition root hands in reactions (rules, flows); a change that a
reaction makes waits in the same first-in-first-out queue until the current one is done (SEMANTICS §3).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

import sqlalchemy as sa

from runtime.catalog.metadata import Metadata
from runtime.records.memory import memory_of
from runtime.records.model import Action, RecordChange
from runtime.records.scene import Scene

MAX_DEPTH: Final = 8
_QUEUE: Final = "dougong.reactions"


class Reaction(Protocol):
    """Something above `records` that answers to changes."""

    def watches(self, metadata: Metadata, form: str) -> bool:
        """Whether changes of this form can concern it at all; bulk work skips the others."""

    def after(self, conn: sa.Connection, scene: Scene, change: RecordChange) -> None:
        """Answer to one change, in its transaction. What it raises undoes the whole unit of work."""


Expect = Callable[[sa.Connection, Scene, Sequence[RecordChange]], None]
"""Called before many changes of one form are answered one by one: what all of them need is read at once."""
Cut = Callable[[sa.Connection, Scene, RecordChange], None]
"""Called for a change at the depth limit, which no reaction sees: it must be made visible."""


Together = Callable[[sa.Connection, list[Any]], None]
"""Writes what many answers to changes have left."""


@dataclass(slots=True)
class _Queue:
    waiting: deque[tuple[Scene, RecordChange]] = field(default_factory=deque)
    depth: int = 0
    together: dict[Together, list[Any]] = field(default_factory=dict)


class Reactions:
    """The reactions of one process, in their order."""

    def __init__(self, reactions: Sequence[Reaction], cut: Cut, expect: Expect | None = None) -> None:
        self._reactions = tuple(reactions)
        self._cut = cut
        self._expect = expect

    def wanted(self, metadata: Metadata, form: str) -> bool:
        return any(reaction.watches(metadata, form) for reaction in self._reactions)

    @contextmanager
    def unit(self, conn: sa.Connection) -> Iterator[None]:
        """Changes made inside wait until the block ends; then they are worked off, before it returns.

        A step of a process wraps itself in this, so that its own commands are carried out first.
        """
        if _QUEUE in conn.info:
            yield
            return
        info, queue = conn.info, _Queue()
        info[_QUEUE] = queue
        try:
            yield
            self._work_off(conn, queue)
        finally:
            info.pop(
                _QUEUE, None
            )  # a lost connection has no `info` any more; its own error must come through

    @contextmanager
    def undoable(self, conn: sa.Connection) -> Iterator[None]:
        """A savepoint: what is raised inside undoes what was written and told inside, and is raised on."""
        queue: _Queue | None = conn.info.get(_QUEUE)
        told = len(queue.waiting) if queue is not None else 0
        try:
            with conn.begin_nested():
                yield
        except BaseException:
            while queue is not None and len(queue.waiting) > told:
                queue.waiting.pop()
            memory_of(conn).forget()
            raise

    def tell(self, conn: sa.Connection, scene: Scene, change: RecordChange) -> None:
        """Enter a change; worked off at once if no unit is open."""
        if not self.wanted(scene.metadata, change.form):
            return
        with self.unit(conn):
            queue: _Queue = conn.info[_QUEUE]
            queue.waiting.append((scene, replace(change, depth=queue.depth)))

    def _work_off(self, conn: sa.Connection, queue: _Queue) -> None:
        if self._expect is not None and len(queue.waiting) > 1:
            for scene, changes in _alike(queue.waiting):
                self._expect(conn, scene, changes)
        while queue.waiting:
            scene, change = queue.waiting.popleft()
            if change.depth >= MAX_DEPTH:
                self._cut(conn, scene, change)
                continue
            queue.depth = change.depth + 1
            for reaction in self._reactions:
                reaction.after(conn, scene, change)
        queue.depth = 0
        for write, items in queue.together.items():
            write(conn, items)


def write_together(conn: sa.Connection, write: Together, items: Iterable[Any]) -> None:
    """Have a reaction's items written with those of the other changes, when all of them are worked off."""
    queue: _Queue = conn.info[_QUEUE]
    queue.together.setdefault(write, []).extend(items)


def _alike(waiting: Iterable[tuple[Scene, RecordChange]]) -> Iterator[tuple[Scene, list[RecordChange]]]:
    """Several changes of one kind to records of one form, as bulk work makes them."""
    found: dict[tuple[int, str, Action], tuple[Scene, list[RecordChange]]] = {}
    for scene, change in waiting:
        found.setdefault((id(scene), change.form, change.action), (scene, []))[1].append(change)
    yield from (one for one in found.values() if len(one[1]) > 1)
