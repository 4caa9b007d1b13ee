"""Planning and installing a solution: definitions, tables and sample data in one unit of work, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from engine.apps.kinds import Ref, file_of
from engine.apps.link import link
from engine.apps.link_sample import link_sample
from engine.apps.manifest import PLATFORM, check_requires
from engine.apps.solution import Package, read_package
from engine.problems import DefinitionError, Problem, errors
from runtime.audit.log import record_audit
from runtime.catalog.catalog import Catalog
from runtime.catalog.definitions import content_hash
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.publishing.model import Plan
from runtime.publishing.service import Publishing
from runtime.solutions.installed import list_installed, note_installed
from runtime.solutions.sample import Loaded, SampleLoader


@dataclass(frozen=True, slots=True)
class SolutionPlan:
    """What installing would do.

    adopted   definitions that exist already with the same text and stay as they are
    """

    package: Package
    plan: Plan
    adopted: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class InstallResult:
    """What was installed; `sample` is None without sample data."""

    package: Package
    versions: Mapping[Ref, int]
    adopted: tuple[Ref, ...]
    sample: Loaded | None


def read_solution(files: Mapping[str, bytes]) -> Package:
    """The package in these files, linked in itself. Raises DefinitionError with everything that is wrong."""
    reading = read_package(files)
    if reading.package is None:
        raise DefinitionError(reading.problems)
    return reading.package


def lint_solution(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """All problems and warnings of a solution by itself; `document` is the file."""
    reading = read_package(files)
    if reading.package is None:
        return reading.problems
    linked = link(reading.package.definitions)
    sample = link_sample(reading.package.sample, linked)
    return (*reading.problems, *linked.problems, *sample)


class Solutions:
    """Installing solutions into a workspace.

    platform   version of this program, for `requires`
    loader     creates sample data through the same doors as people
    """

    def __init__(self, catalog: Catalog, publishing: Publishing, loader: SampleLoader, platform: str) -> None:
        self._catalog = catalog
        self._publishing = publishing
        self._loader = loader
        self._platform = platform

    def plan(self, conn: sa.Connection, workspace: Workspace, package: Package) -> SolutionPlan:
        """What installing would do, with every reason why it cannot be done."""
        metadata = self._catalog.load(conn, workspace)
        problems = [*self._refusals(conn, package), *_clashes(metadata, package)]
        texts, adopted = _divided(metadata, package)
        plan = self._publishing.plan_texts(conn, workspace, texts)
        return SolutionPlan(package, Plan(plan.items, (*problems, *plan.problems)), adopted)

    def install(
        self,
        conn: sa.Connection,
        workspace: Workspace,
        actor: Actor,
        package: Package,
        *,
        with_sample: bool = False,
    ) -> InstallResult:
        """Install everything or nothing. Raises DefinitionError with everything that stands against it."""
        metadata = self._catalog.load(conn, workspace)
        problems = [*self._refusals(conn, package), *_clashes(metadata, package)]
        if errors(problems):
            raise DefinitionError(problems)
        texts, adopted = _divided(metadata, package)
        manifest, now = package.manifest, workspace.now()
        note = f"{manifest.key} {manifest.version}"
        published = self._publishing.publish_texts(
            conn, workspace, actor, texts, note=note, owner=manifest.key
        )
        note_installed(conn, manifest, published.versions, now, actor.id or None)
        detail = {"version": manifest.version, "definitions": len(texts), "sample": with_sample}
        record_audit(conn, actor, "solution.install", f"solution/{manifest.key}", at=now, detail=detail)
        sample = self._load(conn, workspace, actor, package) if with_sample else None
        return InstallResult(package, published.versions, adopted, sample)

    def _load(self, conn: sa.Connection, workspace: Workspace, actor: Actor, package: Package) -> Loaded:
        metadata = self._catalog.load(conn, workspace)
        faults = link_sample(package.sample, link(metadata.definitions))
        if errors(faults):
            raise DefinitionError(faults)
        return self._loader.load(conn, workspace, metadata, actor, package.sample)

    def _refusals(self, conn: sa.Connection, package: Package) -> list[Problem]:
        """What the solution needs and misses, and whether it is here already."""
        present = {one.key: one.version for one in list_installed(conn)}
        problems = [*check_requires(package.manifest, {**present, PLATFORM: self._platform})]
        key = package.manifest.key
        if key in present:
            params = {"key": key, "version": present[key]}
            problems.append(Problem("solutions.install.installed", params=params))
        return [problem.within(document="solution.json") for problem in problems]


def _clashes(metadata: Metadata, package: Package) -> list[Problem]:
    """Keys that somebody else has taken for something different; nothing of theirs is ever overwritten."""
    return [
        Problem(
            "solutions.install.key-taken",
            params={"kind": str(ref.kind), "key": ref.key, "owner": metadata.published[ref].owner or "-"},
            document=file_of(ref),
        )
        for ref, definition in package.definitions.items()
        if ref in metadata.published and metadata.published[ref].hash != content_hash(definition.text)
    ]


def _divided(metadata: Metadata, package: Package) -> tuple[dict[Ref, str], tuple[Ref, ...]]:
    """The texts to publish, and the definitions that are here already word for word."""
    adopted = tuple(ref for ref in package.definitions if ref in metadata.published)
    texts = {ref: one.text for ref, one in package.definitions.items() if ref not in metadata.published}
    return texts, adopted
