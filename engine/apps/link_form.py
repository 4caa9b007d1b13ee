"""Links a form: what it says of other forms, and where it uses its own fields."""

from __future__ import annotations

from engine.apps.finder import Finder
from engine.forms.compile import CompiledForm
from engine.forms.expressions import Expression, Purpose, field_pointer
from engine.forms.fields.relation import fill_of, pick_of
from engine.forms.layout import walk
from engine.forms.model import Field, FieldNode, Form
from engine.forms.title import title_fields
from engine.problems import pointer


def link_form(finder: Finder, compiled: CompiledForm) -> None:
    """Note the form's references; what is wrong with them `compile_form` has said."""
    finder.add(compiled.problems)
    for path, field in compiled.form.places():
        if field.to is not None:
            _relation(finder, compiled.form, path, field)
    for expression in compiled.places.values():
        _expression(finder, compiled.form, expression)
    _places(finder, compiled.form)


def _relation(finder: Finder, form: Form, path: tuple[str, ...], field: Field) -> None:
    at = field_pointer(path)
    target = finder.note_form(field.to or "", at + "/to")
    if target is None:
        return
    for index, name in enumerate(pick_of(field)[0]):
        finder.note(target, name, at + pointer("pick", "columns", index))
    for own, theirs in fill_of(field).items():
        place = at + pointer("fill", own)
        finder.note(target, theirs, place)
        finder.note(form, ".".join((*path[:-1], own)), place)


def _expression(finder: Finder, form: Form, expression: Expression) -> None:
    ways, path = expression.compiled.paths, expression.path
    row = form.fields[path[0]] if len(path) == 2 else None
    if expression.purpose is not Purpose.PICK:
        finder.paths(form, row, ways, expression.at)
        return
    picking = form.at(path)
    target = finder.names.forms.get(picking.to or "") if picking is not None else None
    ours = frozenset(way for way in ways if way[0] in ("record", "parent"))
    finder.paths(form, None, ours, expression.at)
    if target is not None:
        finder.paths(target, None, ways - ours, expression.at)


def _places(finder: Finder, form: Form) -> None:
    for name in title_fields(form.title):
        finder.note(form, name, "/title")
    for index, check in enumerate(form.checks):
        for name in (*check.unique, *((check.at,) if check.at else ())):
            finder.note(form, name, pointer("checks", index))
    for where, node in walk(form.layout):
        if isinstance(node, FieldNode):
            finder.note(form, node.field, pointer("layout", *where))
