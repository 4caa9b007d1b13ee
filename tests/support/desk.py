"""A workspace with all services that installing a solution needs, and the shipped solution as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from runtime.catalog.catalog import Catalog
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM, Actor
from runtime.identity.asking import user_by_login
from runtime.imports.actors import importing_actor
from runtime.processes.flows import Flows
from runtime.processes.inbox import Box, Item, list_items
from runtime.processes.service import Processes
from runtime.processes.store import count_running
from runtime.publishing.recompute import Recomputer
from runtime.publishing.service import Publishing
from runtime.records.model import ListQuery, RecordView
from runtime.records.scene import Scene
from runtime.records.service import Records
from runtime.solutions.archive import read_folder
from runtime.solutions.install import InstallResult, Solutions, read_solution
from runtime.solutions.sample import SampleLoader

SHIPPED = Path(__file__).parents[2] / "templates" / "solutions"


@dataclass(frozen=True)
class Desk:
    """Everything, wired as the composition root does."""

    workspace: Workspace
    catalog: Catalog
    records: Records
    publishing: Publishing
    solutions: Solutions

    @classmethod
    def open(cls, workspace: Workspace) -> Desk:
        catalog, records = Catalog(), Records()
        publishing = Publishing(catalog, count_running, Recomputer(catalog).recompute)
        loader = SampleLoader(records, Processes(records, Flows()))
        return cls(workspace, catalog, records, publishing, Solutions(catalog, publishing, loader, "0.1.0"))

    @property
    def metadata(self) -> Metadata:
        with self.workspace.database.read() as conn:
            return self.catalog.load(conn, self.workspace)

    def install(
        self, files: Mapping[str, bytes], *, with_sample: bool = False, actor: Actor = SYSTEM
    ) -> InstallResult:
        package = read_solution(files)
        return self.workspace.database.write(
            lambda conn: self.solutions.install(conn, self.workspace, actor, package, with_sample=with_sample)
        )

    def scene(self, login: str) -> Scene:
        """The scene of a sample person with the roles and departments she has now."""
        metadata = self.metadata
        with self.workspace.database.read() as conn:
            user = user_by_login(conn, login)
            assert user is not None
            actor = importing_actor(conn, metadata, user)
        return self.records.scene(self.workspace, metadata, actor)

    def list(self, login: str, form: str, where: str = "") -> list[RecordView]:
        """All records that she sees."""
        scene = self.scene(login)
        with self.workspace.database.read() as conn:
            page = self.records.list(conn, scene, form, ListQuery(where=where, limit=200))
        return list(page.items)

    def todo(self, login: str) -> tuple[Item, ...]:
        actor = self.scene(login).actor
        with self.workspace.database.read() as conn:
            return list_items(conn, actor.id, Box.TODO, limit=100)


def shipped(name: str) -> Mapping[str, bytes]:
    """The files of a shipped solution."""
    return read_folder(SHIPPED / name)
