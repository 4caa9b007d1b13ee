"""Creating many records at once, set-wise, with the same result as one by one (SEMANTICS §3).

Per chunk: one statement per form that references lead to, one per unique index, one per numbered field,
one insert, one per sub-table, one for the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import sqlalchemy as sa

from engine.problems import InputError, Problem, errors
from runtime.access.policy import Access
from runtime.catalog.metadata import PublishedForm
from runtime.catalog.schema import UniqueIndex
from runtime.records.create import created
from runtime.records.intake import Intake, take_in
from runtime.records.model import Mode, NewRow, Origin, RowResult, Target
from runtime.records.ownership import check_moved, owner_targets, ownership
from runtime.records.prepare import Begun, Preparation
from runtime.records.saving import Unsaved
from runtime.records.targets import Targets, load_many, references_in
from runtime.records.uniqueness import duplicate
from runtime.records.work import Work
from runtime.records.writing import NewRecord, Stamps, write_new

CHUNK: Final = 1000
"""Rows that are worked on together: bounds memory and the size of statements."""


@dataclass(slots=True)
class _Row:
    """One row on its way: `problems` keep it out."""

    given: NewRow
    intake: Intake
    problems: list[Problem] = field(default_factory=list)
    begun: Begun | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    record: int | None = None

    @property
    def ok(self) -> bool:
        return not errors(self.problems)


def create_many(
    work: Work, form_key: str, rows: Iterable[NewRow], origin: Origin, *, dry_run: bool = False
) -> Iterator[RowResult]:
    """See `Records.create_many`; results come chunk by chunk, in the order of the rows."""
    access = work.scene.access_for(form_key, origin)
    if not origin.is_automatic:
        access.require("create")
        if origin.mode is Mode.HISTORY:
            access.require("import_history")
    bulk = _Bulk(work, access, origin, Targets())
    chunk: list[NewRow] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from bulk.run(chunk, dry_run=dry_run)
            chunk = []
    yield from bulk.run(chunk, dry_run=dry_run)


@dataclass(frozen=True, slots=True)
class _Bulk:
    """targets   loaded once for all chunks: imports refer to the same few records again and again
    taken    unique values of rows accepted in a dry run, where nothing is written
    """

    work: Work
    access: Access
    origin: Origin
    targets: Targets
    taken: dict[str, set[tuple[object, ...]]] = field(default_factory=dict)

    @property
    def form(self) -> PublishedForm:
        return self.access.form

    def run(self, chunk: Sequence[NewRow], *, dry_run: bool) -> Iterator[RowResult]:
        rows = [self._take_in(row) for row in chunk]
        self._load(rows)
        preparation = self._preparation()
        for row in rows:
            self._begin(preparation, row)
        self._expect([row.begun.record for row in rows if row.begun is not None])
        for row in rows:
            self._finish(preparation, row)
        self._refuse_duplicates(rows)
        if not dry_run:
            self._write([row for row in rows if row.ok])
        for row in rows:
            yield RowResult(row.record, tuple(row.problems))

    def _take_in(self, row: NewRow) -> _Row:
        intake = take_in(self.access, row.values, self.origin, created=True)
        if self.origin.mode is Mode.HISTORY and row.owner is not None:
            intake = replace(intake, moved={**intake.moved, "owner": row.owner})
        return _Row(row, intake, list(intake.problems))

    def _load(self, rows: Sequence[_Row]) -> None:
        wanted: dict[Target, None] = {}
        for row in rows:
            wanted |= dict.fromkeys(one.target for one in references_in(self.form, row.intake.values))
            wanted |= dict.fromkeys(owner_targets(self.work.scene, row.intake.moved))
        load_many(self.work.conn, self.work.scene, self.form, self.targets, wanted)

    def _preparation(self) -> Preparation:
        scene, work = self.work.scene, self.work
        saving = None if self.origin.mode is Mode.HISTORY else work.saving
        return Preparation(work.conn, scene, self.form, self.targets, self.origin.is_automatic, saving)

    def _begin(self, preparation: Preparation, row: _Row) -> None:
        if not row.ok:
            return
        row.problems += check_moved(self.targets, row.intake)
        system = ownership(self.work.scene, row.intake.moved, self.targets)
        try:
            row.begun = preparation.begun(row.intake.values, system)
        except InputError as error:
            row.problems += error.problems

    def _expect(self, records: Sequence[Unsaved]) -> None:
        work, saving = self.work, None if self.origin.mode is Mode.HISTORY else self.work.saving
        if saving is not None and len(records) > 1 and saving.watches(work.scene.metadata, self.form.key):
            saving.expect(work.conn, work.scene, records)

    def _finish(self, preparation: Preparation, row: _Row) -> None:
        if row.begun is None:
            return
        try:
            row.values = preparation.finished(row.begun).values
        except InputError as error:
            row.problems += error.problems

    def _refuse_duplicates(self, rows: Sequence[_Row]) -> None:
        for index in self.form.tables.uniques:
            held = self.taken.setdefault(index.name, set())
            keys = {id(row): key for row in rows if row.ok and (key := _key(index, row.values)) is not None}
            stored = _stored_keys(self.work.conn, self.form, index, keys.values())
            for row in rows:
                key = keys.get(id(row))
                if key is None:
                    continue
                if key in stored or key in held:
                    row.problems += duplicate(self.form, index)
                else:
                    held.add(key)

    def _write(self, rows: Sequence[_Row]) -> None:
        if not rows:
            return
        records = [NewRecord(row.values, self._stamps(row.given)) for row in rows]
        written = write_new(self.work, self.form, records, self.targets, self.origin)
        for row, values in zip(rows, written, strict=True):
            row.record = values["id"] if isinstance(values["id"], int) else None
        self._tell(written)

    def _stamps(self, row: NewRow) -> Stamps:
        now = Stamps.of(self.work.scene)
        if self.origin.mode is not Mode.HISTORY:
            return now
        created_at, created_by = row.created_at or now.created_at, row.created_by or now.created_by
        return Stamps(created_at, created_by, row.updated_at or created_at, row.updated_by or created_by)

    def _tell(self, written: Sequence[Mapping[str, object]]) -> None:
        scene, reactions = self.work.scene, self.work.reactions
        if self.origin.mode is Mode.HISTORY or not reactions.wanted(scene.metadata, self.form.key):
            return
        with reactions.unit(self.work.conn):
            for values in written:
                self.work.tell(created(self.form.key, values, self.origin, scene))


def _key(index: UniqueIndex, values: Mapping[str, object]) -> tuple[object, ...] | None:
    """The values that must not be there twice; null is like nothing."""
    key = tuple(values.get(name) for name in index.fields)
    return None if None in key else key


def _stored_keys(
    conn: sa.Connection, form: PublishedForm, index: UniqueIndex, keys: Iterable[tuple[object, ...]]
) -> set[tuple[Any, ...]]:
    """Which of the keys living records hold already; one statement, by the first column of the index."""
    wanted = set(keys)
    if not wanted:
        return set()
    columns = [form.columns[name] for name in index.fields]
    first = sa.bindparam("first", type_=columns[0].type, expanding=True)
    query = sa.select(*columns).where(form.table.c.deleted_at.is_(None), columns[0].in_(first))
    found = conn.execute(query, {"first": list({key[0] for key in wanted})})
    return {tuple(row) for row in found} & wanted
