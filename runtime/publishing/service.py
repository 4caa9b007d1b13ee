"""Publishing and rolling back: one unit of work that changes tables and definitions together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from engine.apps.definitions import Definition, read_definition
from engine.apps.kinds import Kind, Ref
from engine.flows.model import Model as FlowModel
from engine.forms.views import View
from engine.problems import DefinitionError, Problem, errors
from runtime.audit.log import record_audit
from runtime.catalog.catalog import Catalog
from runtime.catalog.definitions import (
    NewVersion,
    activate,
    add_version,
    definitions_changed,
    read_version,
)
from runtime.catalog.drafts import discard_draft, read_draft
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.http.errors import Conflict, NotFound
from runtime.processes.jobs import service_problems
from runtime.publishing.indexes import keep_view_indexes
from runtime.publishing.linking import link_for_database
from runtime.publishing.model import Danger, Plan, Published, stored_plan
from runtime.publishing.plan import Planner, RunningProcesses
from runtime.publishing.tables import apply_change, keep_unique_checks

Problems = tuple[Problem, ...]
Recompute = Callable[[sa.Connection, Workspace, str], None]
"""Compute the stored formulas of all records of a form anew, as the connection sees its definition."""
Timetable = Callable[[sa.Connection, Workspace, Metadata], None]
_TIMED: Final = (Kind.RULE, Kind.CALENDAR)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Texts that were read and linked with what is in force; without a planner some could not be read."""

    current: Metadata
    plan: Plan
    planner: Planner | None


class Publishing:
    """The use cases; the composition root hands in what lies beside this room.

    running    counts running processes of a flow
    recompute  fills the stored formulas of old records
    services   what service tasks of flows may name
    timetable  plans what waits for the clock, whenever rules or calendars changed
    """

    def __init__(
        self,
        catalog: Catalog,
        running: RunningProcesses,
        recompute: Recompute,
        services: Collection[str] = (),
        timetable: Timetable | None = None,
    ) -> None:
        self._catalog = catalog
        self._running = running
        self._recompute = recompute
        self._services = services
        self._timetable = timetable

    def plan_drafts(self, conn: sa.Connection, workspace: Workspace, refs: Collection[Ref]) -> Plan:
        """What publishing these drafts would do. Raises NotFound if one of them does not exist."""
        return self._prepare(conn, workspace, _draft_texts(conn, refs)).plan

    def publish_drafts(
        self, conn: sa.Connection, workspace: Workspace, actor: Actor, refs: Collection[Ref], *, note: str
    ) -> Published:
        """Put these drafts in force and discard them. Raises like `publish_texts`, and NotFound."""
        published = self.publish_texts(conn, workspace, actor, _draft_texts(conn, refs), note=note)
        for ref in refs:
            discard_draft(conn, ref)
        return published

    def plan_texts(self, conn: sa.Connection, workspace: Workspace, texts: Mapping[Ref, str]) -> Plan:
        return self._prepare(conn, workspace, texts).plan

    def publish_texts(
        self,
        conn: sa.Connection,
        workspace: Workspace,
        actor: Actor,
        texts: Mapping[Ref, str],
        *,
        note: str,
        owner: str = "",
    ) -> Published:
        """Put the texts in force as new versions, tables and all.

        owner   the solution that brings them
        Raises DefinitionError with everything that blocks; Conflict if unique values stand twice.
        """
        # The stamp's row is the publish lock: who comes second waits here and sees what the first one did.
        definitions_changed(conn)
        prepared = self._prepare(conn, workspace, texts)
        planner = _unblocked(prepared)
        self._apply(conn, workspace, planner)
        at, plan = workspace.now(), stored_plan(prepared.plan)
        versions = {
            ref: add_version(conn, NewVersion(ref, text, note, plan, owner), at=at, by=actor.id or None)
            for ref, text in sorted(texts.items())
        }
        self._finish(conn, workspace, planner)
        _audit(conn, workspace, actor, "definition.publish", versions=versions, note=note)
        return Published(versions, prepared.plan)

    def plan_roll_back(self, conn: sa.Connection, workspace: Workspace, ref: Ref, version: int) -> Plan:
        """What putting an earlier version in force again would do. Raises NotFound."""
        return self._prepare(conn, workspace, {ref: read_version(conn, ref, version)[1]}).plan

    def roll_back(
        self,
        conn: sa.Connection,
        workspace: Workspace,
        actor: Actor,
        ref: Ref,
        *,
        version: int,
        note: str,
    ) -> Published:
        """Put an earlier version in force again; columns it needs come back from the archive, none goes.

        Raises like `publish_texts`, and NotFound if there is no such version.
        """
        definitions_changed(conn)
        text = read_version(conn, ref, version)[1]
        prepared = self._prepare(conn, workspace, {ref: text})
        planner = _unblocked(prepared)
        self._apply(conn, workspace, planner)
        activate(conn, ref, version)
        self._finish(conn, workspace, planner)
        _audit(conn, workspace, actor, "definition.roll-back", versions={ref: version}, note=note)
        return Published({ref: version}, prepared.plan)

    def problems_of_draft(self, conn: sa.Connection, workspace: Workspace, ref: Ref, text: str) -> Problems:
        """What is wrong with a text as it would stand among what is in force."""
        return self._prepare(conn, workspace, {ref: text}, planned=False).plan.problems

    def _prepare(
        self, conn: sa.Connection, workspace: Workspace, texts: Mapping[Ref, str], *, planned: bool = True
    ) -> _Prepared:
        current = self._catalog.load(conn, workspace)
        definitions: dict[Ref, Definition] = {}
        problems: list[Problem] = []
        for ref, text in sorted(texts.items()):
            reading = read_definition(ref.kind, ref.key, text)
            problems += reading.problems
            if reading.definition is not None:
                definitions[ref] = reading.definition
        if errors(problems):
            return _Prepared(current, Plan((), tuple(problems)), None)
        linked = link_for_database({**current.definitions, **definitions})
        problems += linked.problems_of(definitions)
        problems += self._unknown_services(definitions.values())
        planner = Planner(conn, workspace, current, linked, frozenset(definitions), self._running)
        plan = Plan(planner.items() if planned and not errors(problems) else (), tuple(problems))
        return _Prepared(current, plan, planner)

    def _unknown_services(self, definitions: Iterable[Definition]) -> Iterator[Problem]:
        for definition in definitions:
            if isinstance(definition.model, FlowModel):
                yield from service_problems(definition.model, self._services)

    def _apply(self, conn: sa.Connection, workspace: Workspace, planner: Planner) -> None:
        try:
            for ref in sorted(planner.changing):
                if ref.kind is Kind.FORM:
                    _apply_form(conn, workspace, planner, ref)
        except IntegrityError as error:
            raise Conflict.because("publishing.unique-violated") from error

    def _finish(self, conn: sa.Connection, workspace: Workspace, planner: Planner) -> None:
        """What needs the new definitions in force: formulas of old records, indexes of views, schedules."""
        for ref in sorted(planner.changing):
            if ref.kind is Kind.FORM and planner.needs_recompute(ref):
                self._recompute(conn, workspace, ref.key)
        for form in sorted(_forms_of(planner)):
            keep_view_indexes(conn, planner.linked, form)
        if self._timetable is not None and any(ref.kind in _TIMED for ref in planner.changing):
            self._timetable(conn, workspace, self._catalog.load(conn, workspace))


def _apply_form(conn: sa.Connection, workspace: Workspace, planner: Planner, ref: Ref) -> None:
    published = planner.current.forms.get(ref.key)
    old, new = published.form if published is not None else None, planner.linked.forms[ref.key].form
    for change in planner.changes(ref):
        apply_change(conn, change, old, new, workspace.zone)
    keep_unique_checks(conn, old, new)


def _forms_of(planner: Planner) -> set[str]:
    """The forms whose own version or one of whose views changes."""
    forms = {ref.key for ref in planner.changing if ref.kind is Kind.FORM}
    views = [planner.linked.definitions[ref].model for ref in planner.changing if ref.kind is Kind.VIEW]
    return forms | {view.form for view in views if isinstance(view, View)}


def _unblocked(prepared: _Prepared) -> Planner:
    """Raises DefinitionError with everything that blocks the plan."""
    blocking = [item for item in prepared.plan.items if item.danger is Danger.BLOCKING]
    problems = [
        item.problem or Problem(item.code, params=item.params, document=str(item.ref)) for item in blocking
    ]
    if prepared.planner is None or prepared.plan.blocked:
        raise DefinitionError([*errors(prepared.plan.problems), *problems])
    return prepared.planner


def _draft_texts(conn: sa.Connection, refs: Collection[Ref]) -> dict[Ref, str]:
    """Raises NotFound with every draft that does not exist."""
    drafts = {ref: read_draft(conn, ref) for ref in refs}
    missing = [
        Problem("publishing.draft.unknown", params={"kind": str(ref.kind), "key": ref.key})
        for ref, draft in drafts.items()
        if draft is None
    ]
    if missing:
        raise NotFound(missing)
    return {ref: draft.text for ref, draft in drafts.items() if draft is not None}


def _audit(
    conn: sa.Connection,
    workspace: Workspace,
    actor: Actor,
    action: str,
    *,
    versions: Mapping[Ref, int],
    note: str,
) -> None:
    detail = {"versions": {str(ref): version for ref, version in versions.items()}, "note": note}
    target = ", ".join(str(ref) for ref in versions)
    record_audit(conn, actor, action, target[:200], at=workspace.now(), detail=detail)
