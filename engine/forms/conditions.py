"""Conditions over records that stand outside a form: record filters, views, lists."""

from __future__ import annotations

from engine.forms.compile import CompiledForm
from engine.forms.filters import FilterKind, RecordFilter
from engine.forms.views import View
from engine.problems import Problem
from engine.rules.feel import BOOLEAN, Compiled, compile_expression
from engine.rules.feel.types import conforms


def check_condition(text: str, form: CompiledForm) -> tuple[Compiled, tuple[Problem, ...]]:
    """The condition over one record of `form`, compiled, with what is wrong with it.

    Whether it can run in the database is for `runtime/query` to say.
    """
    compiled = compile_expression(text, form.scope)
    problems = compiled.problems
    if compiled.node is not None and compiled.type.name != "Any" and not conforms(compiled.type, BOOLEAN):
        params = {"expected": str(BOOLEAN), "found": str(compiled.type)}
        problems = (*problems, Problem("form.expression.type", params=params))
    return compiled, problems


def check_filter(record_filter: RecordFilter, form: CompiledForm) -> tuple[Problem, ...]:
    """What is wrong with a record filter that is an expression."""
    if record_filter.kind is not FilterKind.FEEL:
        return ()
    return check_condition(record_filter.expression, form)[1]


def check_where(view: View, form: CompiledForm) -> tuple[Problem, ...]:
    """What is wrong with the condition of a view; places start at the view's document."""
    if not view.where:
        return ()
    return tuple(problem.within("/where") for problem in check_condition(view.where, form)[1])
