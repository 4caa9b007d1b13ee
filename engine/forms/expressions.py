"""All expressions of a form: where they stand, what they can see, and what they must give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.forms.fields.relation import RelationType, pick_of
from engine.forms.layout import walk
from engine.forms.model import Condition, Field, Form, GroupNode
from engine.forms.scope import FormScopes
from engine.problems import Problem, pointer
from engine.rules.feel import Compiled, compile_expression
from engine.rules.feel.queries import asks_records
from engine.rules.feel.types import BOOLEAN, FeelType, Scope, conforms


class Purpose(StrEnum):
    """What an expression is for; the last part of its id."""

    VISIBLE = "visible"
    REQUIRED = "required"
    READONLY = "readonly"
    DEFAULT = "default"
    FORMULA = "formula"
    PICK = "where"
    REJECT = "reject"
    LAYOUT = "layout"


_ASKING: Final = frozenset(
    {Purpose.DEFAULT, Purpose.REQUIRED, Purpose.READONLY, Purpose.REJECT, Purpose.LAYOUT}
)
"""What may ask other records: it is looked at once, at a save or on the screen. A stored formula would be out
of date as soon as another record changes, and a `visible` would clear fields at somebody else's save."""


@dataclass(frozen=True, slots=True)
class Expression:
    """One FEEL text of a form.

    id      `lines.amount.formula`, `checks.0.reject`, `customer.pick.where`, `layout.2.visible`, …
    path    the field it belongs to; () for checks and layout
    at      its place in the document
    """

    id: str
    purpose: Purpose
    path: tuple[str, ...]
    at: str
    compiled: Compiled

    @property
    def reads_user(self) -> bool:
        return any(way[0] == "user" for way in self.compiled.paths)


@dataclass(frozen=True, slots=True)
class Expressions:
    """By id, in document order, with their problems."""

    by_id: Mapping[str, Expression]
    problems: tuple[Problem, ...]


def compile_expressions(form: Form, scopes: FormScopes) -> Expressions:
    found: dict[str, Expression] = {}
    problems: list[Problem] = []
    for text, purpose, path, identity, at, scope, expected in _texts(form, scopes):
        asking = Scope(scope.names, records=scopes.records) if asks_records(text) else scope
        compiled = compile_expression(text, asking)
        if compiled.queries and (purpose not in _ASKING or len(path) > 1):
            problems.append(Problem("form.expression.asks", at, span=compiled.queries[0].span))
        found[identity] = Expression(identity, purpose, path, at, compiled)
        problems += [problem.within(at) for problem in compiled.problems]
        if compiled.node is not None and not _gives(compiled.type, expected):
            params = {"expected": str(expected), "found": str(compiled.type)}
            problems.append(Problem("form.expression.type", at, params))
    return Expressions(found, tuple(problems))


def _gives(found: FeelType, expected: FeelType) -> bool:
    """Whether the result may be of the expected type; a reference may be given by its id."""
    if found.name == "Any":
        return True
    if expected.name == "context":
        return found.name in ("context", "number", "Null")
    return conforms(found, expected)


_Text = tuple[str, Purpose, tuple[str, ...], str, str, Scope, FeelType]


def _texts(form: Form, scopes: FormScopes) -> Iterator[_Text]:
    for path, field in form.places():
        yield from _of_field(path, field, scopes)
    for index, check in enumerate(form.checks):
        if check.reject is not None:
            at = pointer("checks", index, "reject")
            yield check.reject, Purpose.REJECT, (), f"checks.{index}.reject", at, scopes.record, BOOLEAN
    for where, node in walk(form.layout):
        if isinstance(node, GroupNode) and isinstance(node.visible, str):
            identity = ".".join(("layout", *map(str, where), "visible"))
            at = pointer("layout", *where, "visible")
            yield node.visible, Purpose.LAYOUT, (), identity, at, scopes.record, BOOLEAN


def _of_field(path: tuple[str, ...], field: Field, scopes: FormScopes) -> Iterator[_Text]:
    name, at, scope = ".".join(path), field_pointer(path), scopes.of(path)
    conditions: tuple[tuple[Purpose, Condition], ...] = (
        (Purpose.VISIBLE, field.visible),
        (Purpose.REQUIRED, field.required),
        (Purpose.READONLY, field.readonly),
    )
    for purpose, condition in conditions:
        if isinstance(condition, str):
            yield condition, purpose, path, f"{name}.{purpose}", f"{at}/{purpose}", scope, BOOLEAN
    for purpose, text in ((Purpose.DEFAULT, field.default_expression), (Purpose.FORMULA, field.formula)):
        if text is not None:
            yield text, purpose, path, f"{name}.{purpose}", f"{at}/{purpose}", scope, scopes.type_of(field)
    where = pick_of(field)[1] if field.type == RelationType.name else None
    if where is not None:
        picked = scopes.picked(path, field.to or "")
        yield where, Purpose.PICK, path, f"{name}.pick.where", f"{at}/pick/where", picked, BOOLEAN


def field_pointer(path: tuple[str, ...]) -> str:
    """The place of a field in the document."""
    return pointer("fields", *(path if len(path) < 2 else (path[0], "fields", path[1])))
