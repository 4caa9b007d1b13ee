"""Links definitions for a database: conditions of views, roles and schedules must also run in it.

A view whose condition cannot run would be a list that nobody can open; a record filter that cannot run would
show nothing. Both are refused here, with the place in their text (SEMANTICS §5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.apps.definitions import Definition
from engine.apps.kinds import Ref
from engine.apps.link import Linked, link
from engine.forms.filters import FilterKind
from engine.forms.roles import Role
from engine.forms.views import View
from engine.problems import Problem, pointer
from engine.rules.feel import Compiled
from engine.rules.language.actions import kind_of
from engine.rules.language.compile import CompiledRule, form_in_slot
from engine.rules.language.known import FormShape, Known
from engine.rules.language.lint import lint_rules
from engine.rules.language.model import Feel, Rule, Score
from engine.rules.language.patterns import Expr, Scoped, slots_of
from engine.rules.language.scopes import RuleScopes
from engine.rules.language.score import ScoreAction
from engine.rules.language.situation import Prepared
from runtime.query.check import check_queries, check_sql


def link_for_database(definitions: Mapping[Ref, Definition]) -> Linked:
    """Everything linked; `problems` also holds the conditions that are right and cannot run in SQL."""
    linked = link(definitions)
    wrong = {(problem.document, problem.at) for problem in linked.problems if problem.is_error}
    found = tuple(
        problem
        for ref, definition in definitions.items()
        for form, at, text in _conditions(definition)
        if (str(ref), at) not in wrong
        for problem in _check(linked, form, text, at, str(ref))
    )
    found += (*_selections(linked), *_queries(linked))
    between = lint_rules(linked.rules.values(), linked.known)
    return replace(linked, problems=(*linked.problems, *found, *between))


def _queries(linked: Linked) -> Iterator[Problem]:
    """What checks and defaults of forms, and rules, ask of other records."""
    for key, form in linked.forms.items():
        for one in form.places.values() if form.ok else ():
            for problem in check_queries(one.compiled, linked.forms):
                yield problem.within(one.at, f"form/{key}")
    for key, rule in linked.rules.items():
        for at, compiled in _asking(linked, rule) if rule.ok else ():
            for problem in check_queries(compiled, linked.forms):
                yield problem.within(at, f"rule/{key}")


def _asking(linked: Linked, rule: CompiledRule) -> Iterator[tuple[str, Compiled]]:
    """What a rule evaluates; its selections run in SQL themselves and are looked at as such."""
    yield from (("where", one) for one in rule.conditions)
    own = linked.known.forms.get(rule.form)
    for action in rule.actions:
        selected = {feel.text for _, _, feel in _selected(action, own, linked.known)}
        yield from ((f"actions/{action.index}", one) for one in action.compiled() if one.text not in selected)


def _selections(linked: Linked) -> Iterator[Problem]:
    """What the actions of rules select must run in SQL too; what the rule's own record has is known then."""
    for key, rule in linked.rules.items():
        own = linked.known.forms.get(rule.form)
        around = RuleScopes(own, linked.known).own()
        for action in rule.actions if rule.ok else ():
            for form, at, feel in _selected(action, own, linked.known):
                compiled = linked.forms.get(form)
                if compiled is not None:
                    problems = check_sql(feel.text, compiled, linked.forms, around)
                    yield from (one.within(at, f"rule/{key}") for one in problems if one.is_error)


def _selected(action: Prepared, own: FormShape | None, known: Known) -> Iterator[tuple[str, str, Feel]]:
    """Form, place and text of each selection of an action."""
    if isinstance(action.node, ScoreAction):
        return
    given = slots_of(action.node)
    for part in kind_of(action.node).pattern.inner():
        feel = given.get(part.slot) if isinstance(part, Expr) and part.scoped is Scoped.FORM else None
        if isinstance(part, Expr) and isinstance(feel, Feel):
            form = form_in_slot(part.form, given, own, known)
            if form is not None:
                yield form.key, f"actions/{action.index}", feel


def _conditions(definition: Definition) -> Iterator[tuple[str, str, str]]:
    """Form, place and text of each condition that chooses records."""
    match definition.model:
        case View(where=text, form=form) if text:
            yield form, "/where", text
        case Role(grants=grants):
            for index, grant in enumerate(grants):
                if grant.record_filter.kind is FilterKind.FEEL:
                    at = pointer("grants", index, "record_filter")
                    yield grant.form, at, grant.record_filter.expression
        case Rule(for_each=each) | Score(for_each=each) if each is not None and each.where is not None:
            yield each.form.key, "for_each", each.where.text


def _check(linked: Linked, form: str, text: str, at: str, document: str) -> Iterator[Problem]:
    compiled = linked.forms.get(form)
    if compiled is not None:
        for problem in check_sql(text, compiled, linked.forms):
            if problem.is_error:
                yield problem.within(at, document)
