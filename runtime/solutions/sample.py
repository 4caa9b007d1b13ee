"""Loads sample data through the doors that people use: the same checks, the same flows, the same history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final

import sqlalchemy as sa

from engine.apps.sample import (
    Moment,
    SampleData,
    SampleDecision,
    SampleProcess,
    SampleRecord,
    SampleRef,
    SampleUserRef,
    references,
)
from engine.problems import DefinitionError, Problem
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM, Actor
from runtime.processes.inbox import Box, list_items
from runtime.processes.service import Decision, Processes
from runtime.records.model import Mode, NewRow, Origin, OriginKind, RowResult
from runtime.records.scene import Scene
from runtime.records.service import Records
from runtime.solutions.people import SamplePeople, create_people

_MORNING: Final = time(9)
_INBOX: Final = 1_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was created."""

    users: int
    records: Mapping[str, int]
    processes: int


class SampleLoader:
    """Creates people, records and processes in the caller's transaction."""

    def __init__(self, records: Records, processes: Processes) -> None:
        self._records = records
        self._processes = processes

    def load(
        self,
        conn: sa.Connection,
        workspace: Workspace,
        metadata: Metadata,
        actor: Actor,
        sample: SampleData,
    ) -> Loaded:
        """Everything, or nothing: raises DefinitionError with every record that was refused."""
        people = create_people(conn, metadata, actor, sample, workspace.now())
        scene = Scene(workspace, metadata, SYSTEM)
        loading = _Loading(conn, scene, people, self._records, self._processes)
        for batch in _batches(sample.records):
            loading.create(batch)
        processes = sum(loading.play(record) for record in sample.records)
        counts = Counter(record.form for record in sample.records)
        return Loaded(len(people.actors), dict(counts), processes)


def _batches(records: Sequence[SampleRecord]) -> Iterator[list[SampleRecord]]:
    """Runs of records of one form that do not name each other."""
    batch: list[SampleRecord] = []
    inside: set[str] = set()
    for record in records:
        named = {one.ref for one in references(record.values) if isinstance(one, SampleRef)}
        if batch and (record.form != batch[0].form or named & inside):
            yield batch
            batch, inside = [], set()
        batch.append(record)
        inside |= {record.ref} if record.ref is not None else set()
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class _Loading:
    """One loading; grows `ids`: the record of each ref."""

    conn: sa.Connection
    scene: Scene
    people: SamplePeople
    records: Records
    processes: Processes
    ids: dict[str, int] = field(default_factory=dict)

    def create(self, batch: list[SampleRecord]) -> None:
        rows = [self._row(record) for record in batch]
        origin = Origin(OriginKind.IMPORT, batch_id="sample", mode=Mode.HISTORY)
        results = self.records.create_many(self.conn, self.scene, batch[0].form, rows, origin=origin)
        pairs = list(zip(batch, results, strict=True))
        refused = [p for record, result in pairs for p in _refusal(record, result)]
        if refused:
            raise DefinitionError(refused)
        for record, result in pairs:
            if record.ref is not None and result.record is not None:
                self.ids[record.ref] = result.record

    def play(self, record: SampleRecord) -> int:
        """Start the record's flows and take the decisions; the number of flows."""
        for process in record.flows:
            self._play(record, process)
        return len(record.flows)

    def _play(self, record: SampleRecord, process: SampleProcess) -> None:
        owner = self._as(record.owner)
        record_id = self.ids[record.ref or ""]
        started = self.processes.start(self.conn, owner, process.flow, record_id)
        for decision in process.decisions:
            self._decide(process, started, decision)

    def _decide(self, process: SampleProcess, started: int, decision: SampleDecision) -> None:
        """Complete the task that the person has in the process. Raises DefinitionError if she has none."""
        scene = self._as(decision.by)
        todo = list_items(self.conn, scene.actor.id, Box.TODO, limit=_INBOX)
        task = next((item.id for item in todo if item.process == started), None)
        if task is None:
            params = {"name": decision.by, "flow": process.flow}
            raise DefinitionError([Problem("solutions.sample.no-task", params=params)])
        given = Decision(decision.outcome, decision.opinion)
        self.processes.complete(self.conn, scene, task, given)

    def _as(self, login: str | None) -> Scene:
        actor = self.people.actors[login] if login is not None else SYSTEM
        return replace(self.scene, actor=actor)

    def _row(self, record: SampleRecord) -> NewRow:
        owner = self.people.actors[record.owner].id if record.owner is not None else None
        at = self._instant(record.created_at) if record.created_at is not None else None
        values = {key: self._json(value) for key, value in record.values.items()}
        return NewRow(values, created_at=at, updated_at=at, created_by=owner, updated_by=owner, owner=owner)

    def _json(self, value: object) -> object:
        match value:
            case SampleRef(ref):
                found: object = self.ids[ref]
            case SampleUserRef(login):
                found = self.people.actors[login].id
            case Moment():
                instant = self._instant(value)
                found = instant.date().isoformat() if value.time is None else instant.isoformat()
            case list():
                found = [self._json(item) for item in value]
            case dict():
                found = {key: self._json(item) for key, item in value.items()}
            case _:
                found = value
        return found

    def _instant(self, moment: Moment) -> datetime:
        """In the workspace's zone; without a time of day at nine in the morning."""
        workspace = self.scene.workspace
        zone = workspace.zone
        day = workspace.now().astimezone(zone).date() + timedelta(days=moment.days)
        clock = time.fromisoformat(moment.time) if moment.time is not None else _MORNING
        return datetime.combine(day, clock, zone)


def _refusal(record: SampleRecord, result: RowResult) -> Iterator[Problem]:
    document, _, at = record.at.partition("#")
    if result.record is None:
        yield Problem("solutions.sample.refused", at, {"ref": record.ref or at}, document=document)
        for problem in result.problems:
            yield replace(problem, at=f"{at}/values{problem.at}", document=document)
