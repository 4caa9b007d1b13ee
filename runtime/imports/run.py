"""Runs an import batch by batch, each in one transaction with its progress: nothing half, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import sqlalchemy as sa

from engine.problems import Problem, pointer
from runtime.catalog.catalog import Catalog
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.imports.batches import begin, list_failed, note_progress
from runtime.imports.checks import check_mapping
from runtime.imports.convert import MappedRow, RowReader
from runtime.imports.lookup import Matcher
from runtime.imports.model import Counts, FailedRow, ImportOrder, ImportResult, Steps
from runtime.imports.order import batches, parents_first
from runtime.imports.rows import CsvFile
from runtime.imports.save import BatchSaver, Saved
from runtime.records.scene import Scene
from runtime.records.service import Records

BATCH: Final = 1_000
SHOWN: Final = 20

ActorOf = Callable[[sa.Connection, Metadata], Actor]
"""On whose behalf; asked in every batch, so that a right that was taken away counts at once."""


class Importer:
    """Imports files into forms."""

    def __init__(self, catalog: Catalog, records: Records) -> None:
        self._catalog = catalog
        self._records = records

    def run(self, workspace: Workspace, actor_of: ActorOf, order: ImportOrder, steps: Steps) -> ImportResult:
        """Import the file, or go on with it if the batch was interrupted.

        Raises InputError if mapping or file cannot be used at all, Forbidden without the right to import.
        """
        file = CsvFile(order.file, order.mapping.encoding, order.mapping.delimiter)
        run = _Run(self._catalog, self._records, workspace, actor_of, order, file, total=file.count())
        counts = steps.write(run.begin)
        for batch in run.batches(counts.done):
            saved = steps.write(_Work(run, batch, counts))
            run.learn(saved)
            counts = saved.counts
            steps.report(counts.done, counts.total)
        failed = steps.write(lambda conn: run.finish(conn, counts))
        return ImportResult(order.batch_id, counts, order.dry_run, failed)


@dataclass(frozen=True, slots=True)
class _Work:
    """One batch as a unit of work; may run more than once."""

    run: _Run
    batch: list[MappedRow]
    counts: Counts

    def __call__(self, conn: sa.Connection) -> Saved:
        return self.run.work_on(conn, self.batch, self.counts)


@dataclass(slots=True)
class _Run:
    """One run of one import. What it remembers changes only between transactions."""

    catalog: Catalog
    records: Records
    workspace: Workspace
    actor_of: ActorOf
    order: ImportOrder
    file: CsvFile
    total: int
    reader: RowReader | None = None
    matcher: Matcher | None = None
    taken: set[tuple[object, ...]] | None = None

    def begin(self, conn: sa.Connection) -> Counts:
        """Check everything that concerns the whole file; the counts from which to go on."""
        scene, mapping = self._scene(conn), self.order.mapping
        scene.access_for(mapping.form).require("import")
        check_mapping(scene.metadata, mapping)
        form = scene.metadata.form(mapping.form).form
        self.reader = RowReader(form, mapping, self.workspace.zone)
        self.matcher, self.taken = Matcher(self.records), set()
        headings = self.file.headings()
        self.reader.check_headings(headings)
        now, digest = self.workspace.now(), self.file.digest()
        return begin(
            conn, self.order, scene.actor, headings=headings, total=self.total, file_hash=digest, now=now
        )

    def batches(self, done: int) -> Iterator[list[MappedRow]]:
        """The rows that are not worked on yet, in the order of the import."""
        assert self.reader is not None
        rows = (self.reader.read(row) for row in self.file.rows())
        form = self.order.mapping.form
        ordered = iter(parents_first(list(rows), form)) if self.reader.names_itself else rows
        return batches(islice(self._once(ordered), done, None), form, BATCH)

    def _once(self, rows: Iterator[MappedRow]) -> Iterator[MappedRow]:
        """A row that has the same key as one before it is refused: which of them would be right?"""
        by, seen = self.order.mapping.match_by, set[tuple[str, ...]]()
        for row in rows:
            key = row.match_key
            if by and any(key) and key in seen:
                params = {"field": by[0], "text": key[0][:80]}
                problem = Problem("imports.row.key-twice", pointer(by[0]), params)
                yield replace(row, problems=(*row.problems, problem))
            else:
                yield row
            seen.add(key)

    def work_on(self, conn: sa.Connection, rows: list[MappedRow], counts: Counts) -> Saved:
        """Look up, create and update one batch; with its progress in the same transaction."""
        assert self.matcher is not None
        assert self.taken is not None
        scene = self._scene(conn)
        scene.access_for(self.order.mapping.form).require("import")
        self.matcher.find(conn, scene, (one for row in rows if not row.problems for one in row.lookups))
        saver = BatchSaver(conn, scene, self.records, self.order, self.matcher, self.taken)
        saved = saver.save(rows, counts)
        note_progress(conn, self.order.batch_id, saved.counts, saved.failed)
        return saved

    def learn(self, saved: Saved) -> None:
        """Rows that follow may name the records of this batch."""
        assert self.reader is not None
        assert self.matcher is not None
        assert self.taken is not None
        self.taken |= saved.taken
        for text, record in saved.named.items():
            self.matcher.learn(self.order.mapping.form, self.reader.own_match, text, record)

    def finish(self, conn: sa.Connection, counts: Counts) -> list[FailedRow]:
        note_progress(conn, self.order.batch_id, counts, (), finished_at=self.workspace.now())
        return list(list_failed(conn, self.order.batch_id, SHOWN))

    def _scene(self, conn: sa.Connection) -> Scene:
        metadata = self.catalog.load(conn, self.workspace)
        return self.records.scene(self.workspace, metadata, self.actor_of(conn, metadata))
