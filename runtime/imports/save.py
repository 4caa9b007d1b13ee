"""Saves one batch of mapped rows: what is new is created set-wise, what is there and differs is updated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from engine.apps.mapping import ImportMode
from engine.problems import InputError, Problem, errors, pointer
from runtime.catalog.metadata import PublishedForm
from runtime.http.errors import Conflict, Forbidden, NotFound
from runtime.imports.convert import MappedRow
from runtime.imports.existing import Found, find_existing
from runtime.imports.lookup import PENDING, Matcher
from runtime.imports.model import Counts, FailedRow, ImportOrder
from runtime.records.memory import memory_of
from runtime.records.model import Mode, NewRow, Origin, OriginKind
from runtime.records.scene import Scene
from runtime.records.service import Records
from runtime.records.update import Patch

_MODES: Final = {ImportMode.LIVE: Mode.LIVE, ImportMode.HISTORY: Mode.HISTORY}


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a batch.

    named   record by the text with which other rows name it
    taken   unique values of rows that a dry run accepted
    """

    counts: Counts
    failed: tuple[FailedRow, ...]
    named: Mapping[str, int]
    taken: frozenset[tuple[object, ...]]


@dataclass(slots=True)
class _Row:
    """One row on its way: what was looked up, and what keeps it out."""

    mapped: MappedRow
    values: dict[str, object]
    problems: list[Problem]
    owner: int | None = None
    record: int | None = None

    @property
    def ok(self) -> bool:
        return not errors(self.problems)


class BatchSaver:
    """Works in the transaction of `conn`; everything it looked up is in `matcher`."""

    def __init__(
        self,
        conn: sa.Connection,
        scene: Scene,
        records: Records,
        order: ImportOrder,
        matcher: Matcher,
        taken: set[tuple[object, ...]],
    ) -> None:
        self._conn = conn
        self._scene = scene
        self._records = records
        self._order = order
        self._matcher = matcher
        self._taken = taken
        self._form: PublishedForm = scene.metadata.form(order.mapping.form)
        mode = _MODES[order.mapping.mode]
        self._origin = Origin(OriginKind.IMPORT, batch_id=order.batch_id, mode=mode)

    def save(self, mapped: Sequence[MappedRow], counts: Counts) -> Saved:
        rows = [self._resolve(row) for row in mapped]
        found = self._find([row for row in rows if row.ok])
        new = [row for row, one in found if row.ok and one.record is None]
        changed = [(row, one) for row, one in found if row.ok and one.record is not None and not one.same]
        taken = self._create(new)
        for row, one in changed:
            self._update(row, one.record or 0)
        failed = tuple(FailedRow(row.mapped.row, tuple(row.problems)) for row in rows if not row.ok)
        updated = sum(row.ok for row, _ in changed)
        created = sum(row.ok for row in new)
        unchanged = len(rows) - len(failed) - created - updated
        counts = counts.plus(created=created, updated=updated, unchanged=unchanged, failed=len(failed))
        return Saved(counts, failed, self._named(rows), taken)

    def _resolve(self, mapped: MappedRow) -> _Row:
        """Put the ids of what the row names into its values."""
        row = _Row(mapped, dict(mapped.values), list(mapped.problems))
        for lookup in mapped.lookups if row.ok else ():
            identity = self._matcher.value(lookup)
            if identity is None:
                row.problems.append(self._matcher.problem(self._scene, lookup))
            elif lookup.target == "owner":
                row.owner = identity
            elif identity != PENDING:
                row.values[lookup.target] = identity
        return row

    def _find(self, rows: list[_Row]) -> list[tuple[_Row, Found]]:
        by, values = self._order.mapping.match_by, [row.values for row in rows]
        found = find_existing(self._conn, self._scene, self._records, self._form, by=by, rows=values)
        for row, one in zip(rows, found, strict=True):
            row.record = one.record
            if one.problem is not None:
                row.problems.append(one.problem)
        return list(zip(rows, found, strict=True))

    def _create(self, rows: list[_Row]) -> frozenset[tuple[object, ...]]:
        taken: set[tuple[object, ...]] = set()
        if self._order.dry_run:
            for row in rows:
                self._refuse_taken(row, taken)
        wanted = [row for row in rows if row.ok]
        results = self._records.create_many(
            self._conn,
            self._scene,
            self._form.key,
            [_new(row) for row in wanted],
            origin=self._origin,
            dry_run=self._order.dry_run,
        )
        for row, result in zip(wanted, results, strict=True):
            row.problems += result.problems
            row.record = result.record
        return frozenset(taken)

    def _refuse_taken(self, row: _Row, taken: set[tuple[object, ...]]) -> None:
        """A dry run writes nothing, so the database does not know what earlier rows would hold."""
        for unique in self._form.compiled.uniques:
            key = (unique.fields, *(str(row.values.get(name)) for name in unique.fields))
            if any(row.values.get(name) is None for name in unique.fields):
                continue
            if key in self._taken or key in taken:
                params = {"field": unique.fields[0], "text": str(row.values[unique.fields[0]])[:80]}
                row.problems.append(Problem("imports.row.key-twice", pointer(unique.fields[0]), params))
            taken.add(key)

    def _update(self, row: _Row, record: int) -> None:
        """One record; in a savepoint, because a refused row must not undo the others of its batch."""
        savepoint = self._conn.begin_nested()
        try:
            patch = Patch(record, row.values)
            self._records.update(self._conn, self._scene, self._form.key, patch, origin=self._origin)
        except (InputError, Conflict, Forbidden, NotFound) as error:
            row.problems += error.problems
            self._undo(savepoint)
            return
        if self._order.dry_run:
            self._undo(savepoint)
        else:
            savepoint.commit()

    def _undo(self, savepoint: sa.NestedTransaction) -> None:
        savepoint.rollback()
        memory_of(self._conn).forget()

    def _named(self, rows: list[_Row]) -> dict[str, int]:
        good = [row for row in rows if row.ok and row.mapped.own_key]
        return {row.mapped.own_key: row.record or PENDING for row in good}


def _new(row: _Row) -> NewRow:
    stamps = row.mapped.stamps
    return NewRow(
        row.values,
        created_at=stamps.get("created_at"),
        updated_at=stamps.get("updated_at"),
        owner=row.owner,
    )
