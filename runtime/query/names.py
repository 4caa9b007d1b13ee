"""The fields of a published form as names of an expression: its columns, and those one relation away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.table_plan import Column, ColumnKind
from runtime.catalog.metadata import PublishedForm
from runtime.query.terms import AskedRecords, Kind, Term, term_of

SYSTEM_PLANS: Final[Mapping[str, Column]] = MappingProxyType(
    {
        "id": Column("id", ColumnKind.NUMBER, scale=0),
        "rev": Column("rev", ColumnKind.NUMBER, scale=0),
        "created_at": Column("created_at", ColumnKind.DATETIME),
        "created_by": Column("created_by", ColumnKind.REFERENCE, target="user"),
        "updated_at": Column("updated_at", ColumnKind.DATETIME),
        "updated_by": Column("updated_by", ColumnKind.REFERENCE, target="user"),
        "deleted_at": Column("deleted_at", ColumnKind.DATETIME),
        "flow_status": Column("flow_status", ColumnKind.TEXT),
        "owner": Column("owner", ColumnKind.REFERENCE, target="user"),
        "department": Column("department", ColumnKind.REFERENCE, target="department"),
    }
)

RECORD: Final = "record"
"""The record itself: in `records("x")[customer = record]` the one outside."""

Visible = Callable[[PublishedForm, sa.FromClause], sa.ColumnElement[bool] | None]
"""Which records of a relation's target may be looked at; None = not even the form."""


def everything(_form: PublishedForm, _source: sa.FromClause) -> sa.ColumnElement[bool] | None:
    """For automation, which reads on behalf of the actor (SEMANTICS §4)."""
    return sa.true()


def plan_of(form: PublishedForm, key: str) -> Column | None:
    """What the column of a field or system field holds; None if it has no column."""
    return form.plans.get(key) or SYSTEM_PLANS.get(key)


class FormNames:
    """Names over `source`: the form's table, or an alias of it.

    visible   which records a relation may lead to
    reached   forms that `hop` and `asked` led to: the statement needs the parameters of `visible` for them
    """

    def __init__(
        self,
        form: PublishedForm,
        forms: Mapping[str, PublishedForm],
        dialect: str,
        source: sa.FromClause | None = None,
        visible: Visible = everything,
        reached: set[str] | None = None,
    ) -> None:
        self._form = form
        self._forms = forms
        self._dialect = dialect
        self._source: sa.FromClause = form.table if source is None else source
        self._visible = visible
        self.reached: set[str] = set() if reached is None else reached

    def field(self, name: str) -> Term | None:
        if name == RECORD:
            return Term(Kind.REFERENCE, self._source.c.id, filled=True)
        plan = plan_of(self._form, name)
        return None if plan is None else _term(plan, self._source.c[name], self._dialect)

    def hop(self, relation: str, name: str) -> Term | None:
        if relation == RECORD:
            return self.field(name)
        plan = plan_of(self._form, relation)
        if plan is None or plan.kind is not ColumnKind.REFERENCE:
            return None
        if name == "id":
            return Term(Kind.NUMBER, self._source.c[relation])
        target = self._forms.get(plan.target or "")
        wanted = None if target is None else plan_of(target, name)
        if target is None or wanted is None:
            return None
        return self._looked_up(self._source.c[relation], target, wanted)

    def asked(self, form: str) -> AskedRecords | None:
        target = self._forms.get(form)
        if target is None:
            return None
        self.reached.add(form)
        there = target.table.alias()
        allowed = self._visible(target, there)
        if allowed is None:
            return None
        names = FormNames(target, self._forms, self._dialect, there, self._visible, self.reached)
        return AskedRecords(there, names, field_names(target), sa.and_(there.c.deleted_at.is_(None), allowed))

    def _looked_up(
        self, reference: sa.ColumnElement[Any], target: PublishedForm, wanted: Column
    ) -> Term | None:
        self.reached.add(target.key)
        there = target.table.alias()
        allowed = self._visible(target, there)
        term = _term(wanted, there.c[wanted.field], self._dialect)
        if allowed is None or term is None:
            return None
        living = sa.and_(there.c.id == reference, there.c.deleted_at.is_(None), allowed)
        looked_up = sa.select(term.sql).where(living).correlate_except(there).scalar_subquery()
        return Term(term.kind, looked_up, term.scale)


def _term(plan: Column, column: sa.ColumnElement[Any], dialect: str) -> Term | None:
    """`id` and `rev` are whole numbers on both databases; a checkbox that was never written is false."""
    if plan.field in ("id", "rev"):
        return Term(Kind.NUMBER, column, filled=True)
    term = term_of(plan, column, dialect)
    if term is not None and term.kind is Kind.BOOLEAN:
        return Term(Kind.BOOLEAN, sa.func.coalesce(column, sa.false()))
    return term


def field_names(form: PublishedForm) -> frozenset[str]:
    """Every name that stands for something of the record, also where it has no column."""
    return frozenset(form.form.fields) | frozenset(SYSTEM_PLANS)
