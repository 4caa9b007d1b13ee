"""Whether a condition can run in the database: asked at publish, before there are any tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from engine.forms.compile import CompiledForm
from engine.forms.table_plan import Column, ColumnKind
from engine.problems import Problem
from engine.rules.feel import Compiled, ContextType, Scope, compile_expression
from engine.rules.feel.queries import Query, asks_records
from engine.rules.feel.types import FeelType
from runtime.query.conditions import MAX_QUERIES
from runtime.query.filter import Filter
from runtime.query.lifted import check_measured
from runtime.query.names import RECORD, SYSTEM_PLANS
from runtime.query.terms import AskedRecords, Kind, Term, term_of
from runtime.query.values import Refused

NOTHING_AROUND: Final[Mapping[str, FeelType]] = MappingProxyType({})


class _PlannedNames:
    """Names over the columns that the forms are going to have."""

    def __init__(self, form: CompiledForm, forms: Mapping[str, CompiledForm]) -> None:
        self._form = form
        self._forms = forms

    def field(self, name: str) -> Term | None:
        if name == RECORD:
            return Term(Kind.REFERENCE, sa.column("id"), filled=True)
        return _term(_plan(self._form, name))

    def hop(self, relation: str, name: str) -> Term | None:
        if relation == RECORD:
            return self.field(name)
        plan = _plan(self._form, relation)
        if plan is None or plan.kind is not ColumnKind.REFERENCE:
            return None
        if name == "id":
            return Term(Kind.NUMBER, sa.column(relation))
        target = self._forms.get(plan.target or "")
        return None if target is None else _term(_plan(target, name))

    def asked(self, form: str) -> AskedRecords | None:
        target = self._forms.get(form)
        if target is None:
            return None
        names = _PlannedNames(target, self._forms)
        return AskedRecords(sa.table(form), names, _fields(target), sa.true())


def _fields(form: CompiledForm) -> frozenset[str]:
    return frozenset(form.form.fields) | frozenset(SYSTEM_PLANS)


def _plan(form: CompiledForm, name: str) -> Column | None:
    return form.table_plan.columns.get(name) or SYSTEM_PLANS.get(name)


def _term(plan: Column | None) -> Term | None:
    return None if plan is None else term_of(plan, sa.column(plan.field), "sqlite")


def check_sql(
    text: str,
    form: CompiledForm,
    forms: Mapping[str, CompiledForm],
    around: Mapping[str, FeelType] = NOTHING_AROUND,
) -> tuple[Problem, ...]:
    """What is wrong with a record filter or a view's condition: of FEEL, and outside what SQL can do.

    form    the form whose records are chosen · forms: those its relations lead to
    around  further names, known before the records are asked for; fields come first, and `record` is not the
            record that is looked at but the one of `around`
    """
    fields = _fields(form)
    known = form.scope.names
    row = fields if around else fields | {RECORD}
    names = {**around, **{name: known[name] for name in (*row, "user", "settings") if name in known}}
    compiled = compile_expression(text, Scope(names, records=records_asked(text, forms)))
    return Filter(compiled, Scope(names), _PlannedNames(form, forms), row, dialect="sqlite").problems


def check_queries(compiled: Compiled, forms: Mapping[str, CompiledForm]) -> tuple[Problem, ...]:
    """What an expression asks of records and the database cannot answer; the rest of it runs in Python.

    forms   those that may be asked, and those their relations lead to
    """
    known = [query for query in compiled.queries if query.form in forms]
    return (
        *check_count(compiled),
        *(problem for query in known for problem in _check_query(compiled, query, forms)),
    )


def check_count(compiled: Compiled) -> tuple[Problem, ...]:
    """Each query is work for the database, so an expression may not have any number of them."""
    if len(compiled.queries) <= MAX_QUERIES:
        return ()
    span = compiled.queries[MAX_QUERIES].span
    return (Problem("query.expression.too-many-queries", params={"limit": MAX_QUERIES}, span=span),)


def _check_query(compiled: Compiled, query: Query, forms: Mapping[str, CompiledForm]) -> tuple[Problem, ...]:
    names, fields = _PlannedNames(forms[query.form], forms), _fields(forms[query.form])
    try:
        check_measured(query, names)
    except Refused as refused:
        return refused.problems
    if query.condition is None:
        return ()
    inside = replace(compiled, node=query.condition, problems=(), queries=())
    return Filter(inside, Scope(), names, fields, dialect="sqlite").problems


def records_asked(text: str, forms: Mapping[str, CompiledForm]) -> Mapping[str, ContextType]:
    """`Scope.records` for a text: most ask nothing, and get away without the types of every form."""
    if not asks_records(text):
        return {}
    return {key: record_type(one) for key, one in forms.items()}


def record_type(form: CompiledForm) -> ContextType:
    """One record of the form as `records("key")` sees it."""
    names = form.scope.names
    return ContextType(fields={name: names[name] for name in _fields(form) if name in names})
