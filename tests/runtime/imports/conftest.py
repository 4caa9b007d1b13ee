"""A workspace with the forms of the shipped solution, and an importer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa

from engine.apps.kinds import Kind, Ref
from engine.apps.mapping import ImportMapping, read_mapping
from runtime.catalog.catalog import Catalog
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.http.actor import SYSTEM, Actor
from runtime.imports.batches import list_failed
from runtime.imports.model import FailedRow, ImportOrder, ImportResult
from runtime.imports.run import Importer
from runtime.publishing.service import Publishing
from runtime.records.model import AggregateQuery, Function, ListQuery, Measure, RecordView
from runtime.records.service import Records
from runtime.settings import Settings
from tests.support.postgres import Postgres
from tests.support.templates import furnished_database, furnished_folder

T = TypeVar("T")
ROOT = Path(__file__).parents[3]
SOLUTION = ROOT / "templates" / "solutions" / "sales_pipeline"


class Killed(Exception):
    """The process ended here."""


@dataclass
class Steps:
    """Runs units of work as the command line does; ends the process after so many of them."""

    workspace: Workspace
    ends_after: int | None = None
    reported: list[tuple[int, int]] = field(default_factory=list)

    def write(self, work: Callable[[sa.Connection], T]) -> T:
        if self.ends_after is not None:
            self.ends_after -= 1
            if self.ends_after < 0:
                raise Killed("killed")
        return self.workspace.database.write(work)

    def report(self, done: int, total: int) -> None:
        self.reported.append((done, total))


@dataclass(frozen=True)
class Office:
    """A workspace in which files are imported."""

    workspace: Workspace
    catalog: Catalog
    records: Records
    importer: Importer

    @property
    def metadata(self) -> Metadata:
        with self.workspace.database.read() as conn:
            return self.catalog.load(conn, self.workspace)

    def mapping(self, key: str, **changes: object) -> ImportMapping:
        """A shipped mapping, with changes."""
        document = json.loads(self.metadata.published[Ref(Kind.MAPPING, key)].text)
        return mapping_of({**document, **changes})

    def run(
        self,
        mapping: ImportMapping,
        file: Path,
        *,
        batch: str = "b1",
        dry_run: bool = False,
        actor: Actor = SYSTEM,
        steps: Steps | None = None,
    ) -> ImportResult:
        order = ImportOrder(batch, mapping, file, file.name, dry_run)
        steps = steps or Steps(self.workspace)
        return self.importer.run(self.workspace, lambda _conn, _metadata: actor, order, steps)

    def failed(self, batch: str = "b1") -> list[FailedRow]:
        with self.workspace.database.read() as conn:
            return list(list_failed(conn, batch))

    def all(self, form: str, where: str = "") -> list[RecordView]:
        scene = self.records.scene(self.workspace, self.metadata, SYSTEM)
        with self.workspace.database.read() as conn:
            return list(self.records.list(conn, scene, form, ListQuery(where=where, limit=200)).items)

    def by_stage(self) -> tuple[dict[object, object], object]:
        """Number of deals by stage, and what the won ones are worth."""
        measures = (Measure("deals", Function.COUNT), Measure("amount", Function.SUM, "amount"))
        scene = self.records.scene(self.workspace, self.metadata, SYSTEM)
        with self.workspace.database.read() as conn:
            query = AggregateQuery(measures, ("stage",))
            groups = self.records.aggregate(conn, scene, "opportunity", query)
        counts = {group.key["stage"]: group.values["deals"] for group in groups}
        won = next((group.values["amount"] for group in groups if group.key["stage"] == "won"), 0)
        return counts, won


def mapping_of(document: Mapping[str, Any]) -> ImportMapping:
    reading = read_mapping(document)
    assert reading.mapping is not None, reading.problems
    return reading.mapping


MakeSteps = Callable[[int | None], Steps]


@pytest.fixture
def steps(workspace: Workspace) -> MakeSteps:
    """Steps that end after so many units of work."""
    return lambda ends_after: Steps(workspace, ends_after)


def furnish(_: Settings, workspaces: Workspaces) -> None:
    """Forms, roles and mappings of the shipped solution."""
    publishing = Publishing(Catalog(), lambda _conn, _form: {}, lambda _conn, _workspace, _form: None)
    texts = {
        Ref(kind, path.stem): path.read_text(encoding="utf-8")
        for kind, folder in ((Kind.FORM, "forms"), (Kind.ROLE, "roles"), (Kind.MAPPING, "mappings"))
        for path in sorted((SOLUTION / folder).glob("*.json"))
    }
    workspace = workspaces.get()
    workspace.database.write(
        lambda conn: publishing.publish_texts(conn, workspace, SYSTEM, texts, note="test")
    )


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnished_folder(furnish, tmp_path_factory, sqlite_template)


@pytest.fixture(scope="session")
def postgres_template(
    postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    yield from furnished_database(furnish, tmp_path_factory, postgres, postgres_template)


@pytest.fixture
def office(workspace: Workspace) -> Office:
    catalog, records = Catalog(), Records()
    return Office(workspace, catalog, records, Importer(catalog, records))
