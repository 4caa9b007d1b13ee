"""Makes the plan of a publishing: reads the database, changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa

from engine.apps.kinds import Kind, Ref
from engine.apps.link import Linked
from engine.flows.model import Model as FlowModel
from engine.forms.compile import CompiledForm
from engine.forms.expressions import Purpose
from engine.forms.model import Field, Form, Label
from engine.forms.table_plan import (
    AddColumn,
    AddTable,
    Change,
    IndexColumn,
    RetypeColumn,
    UnmapColumn,
    UnmapTable,
    diff,
)
from engine.problems import Problem
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.publishing.columns import (
    NOTHING_STORED,
    count_filled,
    count_rows,
    count_twice,
    stored_column,
    stored_table,
    try_conversion,
)
from runtime.publishing.convert import Converter
from runtime.publishing.linking import link_for_database
from runtime.publishing.model import Danger, ItemKind, PlanItem
from runtime.publishing.words import TYPE_WORDS

_RETYPE: Final = "publishing.plan.retype-column"
RunningProcesses = Callable[[sa.Connection, str], Mapping[tuple[str, int], int]]
"""How many processes run on records of a form, by flow and version."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans one publishing.

    current   what is in force, as `conn` sees it
    linked    what would be in force afterwards
    changing  the definitions that get another version
    """

    conn: sa.Connection
    workspace: Workspace
    current: Metadata
    linked: Linked
    changing: Collection[Ref]
    running: RunningProcesses

    def items(self) -> tuple[PlanItem, ...]:
        """Every line of the plan, in the order of the definitions, broken references last."""
        items = [item for ref in sorted(self.changing) for item in self._definition(ref)]
        return (*items, *self._broken())

    def needs_recompute(self, ref: Ref) -> bool:
        """Whether stored formulas of old records are no longer what the form says."""
        published = self.current.forms.get(ref.key)
        if published is None:
            return False
        before, after = formulas(published.compiled), formulas(self.linked.forms[ref.key])
        retyped = any(isinstance(change, RetypeColumn) for change in self.changes(ref))
        return bool(after) and (retyped or before != after)

    def changes(self, ref: Ref) -> tuple[Change, ...]:
        """What has to be done to the form's tables; nothing for other kinds."""
        if ref.kind is not Kind.FORM:
            return ()
        published = self.current.forms.get(ref.key)
        before = published.compiled.table_plan if published is not None else None
        return diff(before, self.linked.forms[ref.key].table_plan)

    def _definition(self, ref: Ref) -> Iterator[PlanItem]:
        changes = self.changes(ref)
        items = [item for change in changes for item in self._change(ref, change)]
        yield from items or [self._metadata(ref)]
        if ref.kind is Kind.FORM:
            yield from self._unique_checks(ref)
        yield from self._running(ref, changes)

    def _metadata(self, ref: Ref) -> PlanItem:
        code = "publishing.plan.changed" if ref in self.current.definitions else "publishing.plan.new"
        label = self.linked.label(ref)
        return PlanItem(ItemKind.METADATA, ref, code, {"name": label}, label=label)

    def _change(self, ref: Ref, change: Change) -> Iterator[PlanItem]:
        match change:
            case AddTable():
                yield self._add_table(ref, change)
            case AddColumn():
                field = _field(self.linked.forms[ref.key].form, change.subtable, change.column.field)
                code = "publishing.plan.add-column"
                yield _of_field(ItemKind.ADD_COLUMN, ref, change.subtable, field, code)
            case RetypeColumn():
                yield self._retype(ref, change)
            case IndexColumn() if change.new.unique and not change.old.unique and change.subtable is None:
                yield self._unique(ref, (change.new.field,))
            case UnmapColumn():
                yield self._unmap(ref, change)
            case UnmapTable():
                yield self._unmap_table(ref, change)

    def _add_table(self, ref: Ref, change: AddTable) -> PlanItem:
        form = self.linked.forms[ref.key].form
        label = form.label if change.subtable is None else form.fields[change.subtable].label
        params = {"name": label, "columns": len(change.plan.columns)}
        code = "publishing.plan.add-table" if change.subtable is None else "publishing.plan.add-rows-table"
        return PlanItem(ItemKind.ADD_TABLE, ref, code, params, ref.key, change.subtable or "", label)

    def _retype(self, ref: Ref, change: RetypeColumn) -> PlanItem:
        old = _field(self.current.forms[ref.key].form, change.subtable, change.old.field)
        new = _field(self.linked.forms[ref.key].form, change.subtable, change.new.field)
        stored = stored_column(self.current, ref.key, change.subtable, change.old.field)
        converter = Converter(old, new, self.workspace.zone)
        result = try_conversion(self.conn, stored, converter) if stored is not None else NOTHING_STORED
        loses = f"{_RETYPE}-loses" if result.lost else _RETYPE
        params = {
            "old": TYPE_WORDS[old.type],
            "filled": result.filled,
            "lost": result.lost,
            "samples": result.samples,
        }
        item = _stored_in(_of_field(ItemKind.RETYPE_COLUMN, ref, change.subtable, new, loses), stored)
        return _at_risk(replace(item, params={**item.params, **params}), result.lost)

    def _unmap(self, ref: Ref, change: UnmapColumn) -> PlanItem:
        field = _field(self.current.forms[ref.key].form, change.subtable, change.column.field)
        stored = stored_column(self.current, ref.key, change.subtable, change.column.field)
        filled = count_filled(self.conn, stored) if stored is not None else 0
        item = _of_field(ItemKind.UNMAP_COLUMN, ref, change.subtable, field, "publishing.plan.unmap-column")
        return _at_risk(_stored_in(item, stored), filled)

    def _unmap_table(self, ref: Ref, change: UnmapTable) -> PlanItem:
        field = self.current.forms[ref.key].form.fields[change.subtable]
        stored = stored_table(self.current, ref.key, change.subtable)
        rows = count_rows(self.conn, stored) if stored is not None else 0
        item = _of_field(ItemKind.UNMAP_COLUMN, ref, None, field, "publishing.plan.unmap-table")
        return _at_risk(replace(item, physical=stored.name if stored is not None else ""), rows)

    def _unique_checks(self, ref: Ref) -> Iterator[PlanItem]:
        """Checks that several fields together are unique, where the version in force did not ask for it."""
        published = self.current.forms.get(ref.key)
        before = {check.unique for check in published.form.checks} if published is not None else set()
        for check in self.linked.forms[ref.key].form.checks:
            if check.unique and check.unique not in before:
                yield self._unique(ref, check.unique)

    def _unique(self, ref: Ref, fields: tuple[str, ...]) -> PlanItem:
        stored = [stored_column(self.current, ref.key, None, field) for field in fields]
        columns = [column for column in stored if column is not None]
        twice = count_twice(self.conn, *columns) if len(columns) == len(fields) else 0
        form = self.linked.forms[ref.key].form
        return PlanItem(
            kind=ItemKind.ADD_INDEX,
            ref=ref,
            code="publishing.plan.unique-twice" if twice else "publishing.plan.unique",
            params={"fields": [form.fields[field].label for field in fields], "twice": twice},
            form=ref.key,
            field=fields[0],
            label=form.fields[fields[0]].label,
            rows_at_risk=twice,
            danger=Danger.BLOCKING if twice else Danger.NONE,
            physical=", ".join(f"{column.table.name}.{column.name}" for column in columns),
        )

    def _running(self, ref: Ref, changes: tuple[Change, ...]) -> Iterator[PlanItem]:
        """Processes that go on with the version they began with."""
        for flow, count in sorted(self._running_flows(ref, changes).items()):
            label: Label = self.linked.label(Ref(Kind.FLOW, flow))
            params = {"count": count, "flow": label}
            code, kind = "publishing.plan.running", ItemKind.RUNNING_PROCESSES
            yield PlanItem(kind, ref, code, params, label=label, danger=Danger.ATTENTION)

    def _running_flows(self, ref: Ref, changes: tuple[Change, ...]) -> Counter[str]:
        """Of the flow that changes, or of every flow over the form whose fields go."""
        gone = any(isinstance(change, UnmapColumn | UnmapTable | RetypeColumn) for change in changes)
        if ref.kind is Kind.FLOW and ref.key in self.current.flows:
            form, only = _form_of(self.current.flows[ref.key].model), ref.key
        elif ref.kind is Kind.FORM and gone:
            form, only = ref.key, ""
        else:
            return Counter()
        running = self.running(self.conn, form) if form else {}
        counts = Counter[str]()
        for (flow, _version), count in running.items():
            counts[flow] += count if not only or flow == only else 0
        return +counts

    def _broken(self) -> Iterator[PlanItem]:
        """Errors that the change makes in definitions outside the set."""
        before = {_mark(problem) for problem in link_for_database(self.current.definitions).problems}
        names = {str(ref): ref for ref in self.linked.definitions if ref not in self.changing}
        for problem in self.linked.problems:
            ref = names.get(problem.document)
            if ref is not None and problem.is_error and _mark(problem) not in before:
                params = {"name": self.linked.label(ref)}
                yield PlanItem(
                    ItemKind.BROKEN_REFERENCE,
                    ref,
                    "publishing.plan.broken",
                    params,
                    label=self.linked.label(ref),
                    danger=Danger.BLOCKING,
                    problem=problem,
                    physical=f"{problem.document} {problem.at}",
                )


def _field(form: Form, subtable: str | None, key: str) -> Field:
    return form.fields[key] if subtable is None else form.fields[subtable].fields[key]


def _of_field(kind: ItemKind, ref: Ref, subtable: str | None, field: Field, code: str) -> PlanItem:
    named = field.key if subtable is None else f"{subtable}.{field.key}"
    params = {"name": field.label, "type": TYPE_WORDS[field.type]}
    return PlanItem(kind, ref, code, params, ref.key, named, label=field.label, type=field.type)


def _stored_in(item: PlanItem, column: sa.Column[Any] | None) -> PlanItem:
    return item if column is None else replace(item, physical=f"{column.table.name}.{column.name}")


def _at_risk(item: PlanItem, rows: int) -> PlanItem:
    danger = Danger.ATTENTION if rows else Danger.NONE
    return replace(item, rows_at_risk=rows, danger=danger, params={**item.params, "rows": rows})


def _form_of(model: FlowModel) -> str:
    process = next(iter(model.executable), None)
    return process.settings.form if process is not None and process.settings is not None else ""


def _mark(problem: Problem) -> tuple[str, str, str]:
    return problem.document, problem.code, problem.at


def formulas(compiled: CompiledForm) -> dict[str, str]:
    """The formulas whose values are stored, by expression id."""
    return {
        one.id: one.compiled.text
        for one in compiled.places.values()
        if one.purpose is Purpose.FORMULA and ".".join(one.path) not in compiled.time_dependent
    }
