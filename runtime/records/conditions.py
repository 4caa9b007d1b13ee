"""Free text of a reader: `where` of lists, views and measures, over what she may see (SEMANTICS §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import sqlalchemy as sa

from engine.forms.fields import FIELD_TYPES
from engine.forms.model import Field
from engine.problems import InputError, Problem, Span, errors
from engine.rules.feel import BOOLEAN, Compiled, ContextType, Scope, compile_expression
from engine.rules.feel.queries import asks_records
from engine.rules.feel.types import CONTEXT, conforms
from runtime.access.policy import Access
from runtime.catalog.metadata import PublishedForm
from runtime.query.filter import EVERYTHING, BoundFilter, Filter
from runtime.query.names import RECORD, FormNames, field_names
from runtime.records.scene import Scene

MAX_WHERE: Final = 4000
"""Characters of a condition; more is no question a person asks."""


def bind_where(scene: Scene, access: Access, text: str, *, prefix: str, at: str) -> BoundFilter:
    """The condition for this request.

    prefix  of its parameters · at: where the text stands in the request
    Raises InputError with everything that is wrong with it; names the reader may not read are unknown.
    """
    if not text.strip():
        return EVERYTHING
    if len(text) > MAX_WHERE:
        span = Span(MAX_WHERE, len(text))
        raise InputError((Problem("query.expression.too-long", at, {"limit": MAX_WHERE}, span=span),))
    key = (access.rights, "filter", prefix, text)
    found = scene.statements.get(key, lambda: _compile(scene, access, text, prefix))
    condition, reached = found
    if reached:
        condition, reached = _compile(scene, access, text, prefix)
    if errors(condition.problems):
        raise InputError(problem.within(at) for problem in condition.problems)
    bound = _bind(scene, condition, at)
    params = dict(bound.params)
    for form_key in reached:
        params |= scene.access(scene.metadata.forms[form_key]).records("view").params
    pattern = (text, bound.pattern) if not reached else (text, bound.pattern, object())
    return replace(bound, params=params, pattern=pattern)


def _bind(scene: Scene, condition: Filter, at: str) -> BoundFilter:
    moment = scene.moment
    try:
        around = {"user": moment.user, "settings": scene.settings}
        return condition.bind(around, moment.feel_now, moment.zone)
    except InputError as error:
        raise InputError(problem.within(at) for problem in error.problems) from None


def _compile(scene: Scene, access: Access, text: str, prefix: str) -> tuple[Filter, frozenset[str]]:
    """The condition, and the forms it reaches through relations: their record filters are the actor's own."""
    form = access.form

    def visible(target: PublishedForm, source: sa.FromClause) -> sa.ColumnElement[bool] | None:
        there = scene.access(target)
        return there.records("view", source).clause if there.allows("view") else None

    names = FormNames(form, scene.metadata.forms, scene.dialect, visible=visible)
    scope = _scope(scene, access, text)
    compiled = _boolean(compile_expression(text, scope))
    fields = field_names(form) | {RECORD}
    condition = Filter(compiled, scope, names, fields, dialect=scene.dialect, prefix=prefix)
    return condition, frozenset(names.reached)


def _scope(scene: Scene, access: Access, text: str) -> Scope:
    """What the text may name, `record` and `settings` as in every expression (SEMANTICS §1); if it asks for
    records, those of the forms the reader may view."""
    names = dict(access.scope.names)
    row = ContextType(fields={key: kind for key, kind in names.items() if key != "user"})
    records = readable_records(scene) if asks_records(text) else {}
    return Scope({"settings": CONTEXT, **names, RECORD: row}, records=records)


def readable_records(scene: Scene) -> dict[str, ContextType]:
    """The forms whose records free text of the actor may ask, with the fields she may read."""
    accesses = {key: scene.access(form) for key, form in scene.metadata.forms.items()}
    return {
        key: ContextType(fields={name: kind for name, kind in one.scope.names.items() if name != "user"})
        for key, one in accesses.items()
        if one.allows("view")
    }


def _boolean(compiled: Compiled) -> Compiled:
    if compiled.problems or compiled.type.name == "Any" or conforms(compiled.type, BOOLEAN):
        return compiled
    params = {"kind": str(compiled.type)}
    problem = Problem("query.expression.not-boolean", params=params, span=Span(0, len(compiled.text)))
    return replace(compiled, problems=(problem,))


def bind_search(scene: Scene, access: Access, text: str) -> BoundFilter:
    """Records whose title or search fields contain the text, whatever its case."""
    wanted = text.strip()
    if not wanted:
        return EVERYTHING
    form = access.form
    keys = [*form.title_keys, *(key for key, one in form.form.fields.items() if one.search)]
    texts = [
        key
        for key in dict.fromkeys(keys)
        if key in access.readable - access.masked
        and key in form.columns
        and isinstance(form.columns[key].type, sa.String)
    ]
    spelt = {key: _spelt(form.form.fields.get(key), wanted) for key in texts}
    names = {text: f"search{number}" for number, text in enumerate(dict.fromkeys(spelt.values()))}
    clauses = [_inside(scene.dialect, form.columns[key], names[text]) for key, text in spelt.items()]
    pattern = ("search", *(names[text] for text in spelt.values()))
    params = {name: text for text, name in names.items()}
    return BoundFilter(sa.or_(*clauses) if clauses else sa.false(), params, pattern)


def _spelt(field: Field | None, text: str) -> str:
    """The text as the field's values would have it: telephone numbers without blanks."""
    return text if field is None else FIELD_TYPES[field.type].sought(field, text)


def _inside(dialect: str, column: sa.ColumnElement[str], name: str) -> sa.ColumnElement[bool]:
    """The database lowers both, in the same order of letters: it knows only the capitals of ASCII."""
    wanted = sa.bindparam(name, type_=sa.String())
    needle = sa.func.lower(wanted if dialect == "sqlite" else sa.collate(wanted, "C"))
    inside = sa.func.instr if dialect == "sqlite" else sa.func.strpos
    return inside(sa.func.lower(column), needle) > 0


def joined(filters: Iterable[BoundFilter]) -> tuple[list[sa.ColumnElement[bool]], dict[str, object]]:
    """The clauses of all filters with all their parameters."""
    some = [one for one in filters if one is not EVERYTHING]
    params: dict[str, object] = {}
    for one in some:
        params |= one.params
    return [one.clause for one in some], params
