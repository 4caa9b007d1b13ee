"""Links views, roles and apps: the form each names, its fields, and what their conditions read."""

from __future__ import annotations

from engine.apps.app import App
from engine.apps.finder import Finder
from engine.forms.compile import CompiledForm
from engine.forms.filters import FilterKind
from engine.forms.roles import Role, check_role
from engine.forms.views import View, check_view
from engine.problems import Problem, errors, pointer
from engine.rules.feel import ANY, BOOLEAN, compile_expression


def link_view(finder: Finder, view: View, form: CompiledForm | None) -> None:
    finder.add(check_view(view, finder.names.forms))
    if form is None:
        return
    finder.note_form(view.form, "/form")
    for index, column in enumerate(view.columns):
        finder.note(form.form, column.field, pointer("columns", index))
    for index, key in enumerate(view.sort):
        finder.note(form.form, key.field, pointer("sort", index))
    if view.where:
        _condition(finder, form, view.where, "/where")


def link_role(finder: Finder, role: Role, forms: dict[str, CompiledForm]) -> None:
    finder.add(check_role(role, finder.names.forms))
    for index, grant in enumerate(role.grants):
        at, form = pointer("grants", index), forms.get(grant.form)
        if form is None:
            continue
        finder.note_form(grant.form, at + "/form")
        for name in grant.fields.levels:
            finder.note(form.form, name, at + pointer("fields", name))
        if grant.record_filter.kind is FilterKind.FEEL:
            _condition(finder, form, grant.record_filter.expression, at + "/record_filter")


def link_app(finder: Finder, app: App) -> None:
    for index, item in enumerate(app.items):
        at = pointer("items", index)
        finder.form(item.form, at + "/form")
        view = finder.view(item.view, at + "/view") if item.view is not None else None
        if view is not None and view.form != item.form:
            params = {"view": view.key, "form": view.form, "expected": item.form}
            finder.problem("apps.link.other-form", at + "/view", **params)


def _condition(finder: Finder, form: CompiledForm, text: str, at: str) -> None:
    """A condition over the records of the form that says yes or no."""
    compiled = compile_expression(text, form.scope)
    finder.add(problem.within(at) for problem in compiled.problems)
    if not errors(compiled.problems) and compiled.type not in (BOOLEAN, ANY):
        finder.add([Problem("apps.link.not-boolean", at, {"type": str(compiled.type)})])
    finder.paths(form.form, None, compiled.paths, at)
