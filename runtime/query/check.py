"""Whether a condition can run in the database: asked at publish, before there are any tables."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from engine.forms.compile import CompiledForm
from engine.forms.table_plan import Column, ColumnKind
from engine.problems import Problem
from engine.rules.feel import Scope, compile_expression
from runtime.query.filter import Filter
from runtime.query.names import SYSTEM_PLANS
from runtime.query.terms import Kind, Term, term_of


class _PlannedNames:
    """Names over the columns that the forms are going to have."""

    def __init__(self, form: CompiledForm, forms: Mapping[str, CompiledForm]) -> None:
        self._form = form
        self._forms = forms

    def field(self, name: str) -> Term | None:
        return _term(_plan(self._form, name))

    def hop(self, relation: str, name: str) -> Term | None:
        plan = _plan(self._form, relation)
        if plan is None or plan.kind is not ColumnKind.REFERENCE:
            return None
        if name == "id":
            return Term(Kind.NUMBER, sa.column(relation))
        target = self._forms.get(plan.target or "")
        return None if target is None else _term(_plan(target, name))


def _plan(form: CompiledForm, name: str) -> Column | None:
    return form.table_plan.columns.get(name) or SYSTEM_PLANS.get(name)


def _term(plan: Column | None) -> Term | None:
    return None if plan is None else term_of(plan, sa.column(plan.field), "sqlite")


def check_sql(text: str, form: CompiledForm, forms: Mapping[str, CompiledForm]) -> tuple[Problem, ...]:
    """What is wrong with a record filter or a view's condition: of FEEL, and outside what SQL can do.

    form    the form whose records are chosen · forms: those its relations lead to
    """
    fields = frozenset(form.form.fields) | frozenset(SYSTEM_PLANS)
    known = form.scope.names
    scope = Scope({name: known[name] for name in (*fields, "user", "settings") if name in known})
    compiled = compile_expression(text, scope)
    return Filter(compiled, scope, _PlannedNames(form, forms), fields, dialect="sqlite").problems
