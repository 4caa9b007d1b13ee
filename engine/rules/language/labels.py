"""Labels for keys and keys for labels, in statements and inside FEEL.

A label stands for a key only if it is the only one of that name around and no key itself, so that what is
shown can always be read back. Where it cannot, the key is shown. Reading takes keys as well as labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engine.problems import Span
from engine.rules.feel import nodes
from engine.rules.feel.functions import FUNCTION_NAMES
from engine.rules.feel.limits import DEFAULT_LIMITS
from engine.rules.feel.nodes import Node, children
from engine.rules.feel.parser import Dialect, parse
from engine.rules.feel.strings import quoted
from engine.rules.feel.vocabulary import SPACED_PROPERTIES, Vocabulary
from engine.rules.language.known import FieldShape, FormShape, Known, Label, label_in
from engine.rules.language.scopes import CHANGED

FUNCTIONS: Final[Mapping[str, Label]] = {
    "group": {"zh-CN": "组", "en": "group"},
    "role": {"zh-CN": "角色", "en": "role"},
    "manager": {"zh-CN": "上级", "en": "manager"},
    "heads": {"zh-CN": "部门负责人", "en": "heads"},
    "members": {"zh-CN": "部门成员", "en": "members"},
    CHANGED: {"zh-CN": "已变更", "en": CHANGED},
}
_RECORDS: Final = frozenset({"record", "old", "parent"})


class Naming:
    """One direction between the keys and the labels of a language.

    back   from labels to keys
    """

    def __init__(self, known: Known, language: str, *, back: bool = False) -> None:
        self.known = known
        self.language = language
        self.back = back

    def reversed(self) -> Naming:
        return Naming(self.known, self.language, back=not self.back)

    def name(self, key: str, labels: Mapping[str, Label]) -> str:
        """What stands for a key among others; itself if nothing does."""
        shown = _unique(labels, self.language)
        if not self.back:
            return shown.get(key, key)
        return key if key in labels else next((one for one, label in shown.items() if label == key), key)

    def form(self, key: str) -> str:
        return self.name(key, {one.key: one.label for one in self.known.forms.values()})

    def field(self, key: str, form: FormShape | None) -> str:
        return self.name(key, _field_labels(form.fields)) if form is not None else key

    def feel(self, text: str, scope: FeelScope) -> str:
        """An expression with its names replaced; as it is if it could not be read back."""
        changed = self.renamed(text, scope)
        if changed == text:
            return text
        return changed if self.back or self.reversed().renamed(changed, scope) == text else text

    def renamed(self, text: str, scope: FeelScope) -> str:
        """Like `feel`, whether it can be read back or not."""
        node, _ = parse(text, self._vocabulary, (), Dialect.EXPRESSION, DEFAULT_LIMITS)
        if node is None:
            return text
        walker = _Walker(self, text)
        walker.walk(node, scope)
        return _replaced(text, walker.found)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        names = {*FUNCTION_NAMES, *SPACED_PROPERTIES, *FUNCTIONS, *_RECORDS, "user", "settings"}
        labels = [label_in(label, self.language) for label in FUNCTIONS.values()]
        for fields in (_all_fields(form.fields) for form in self.known.forms.values()):
            for field in fields:
                names.add(field.key)
                labels.append(label_in(field.label, self.language))
        return Vocabulary([*names, *(label for label in labels if label)])


@dataclass(frozen=True, slots=True)
class FeelScope:
    """What bare names mean: fields of the forms, the first that has one."""

    own: FormShape | None
    first: Mapping[str, FieldShape] | None = None
    result: FieldShape | None = None

    @property
    def layers(self) -> tuple[Mapping[str, FieldShape], ...]:
        own = (self.own.fields,) if self.own is not None else ()
        return (self.first, *own) if self.first is not None else own


Place = FormShape | FieldShape | None
"""What an expression denotes: a record or records of a form, a field, or nothing with a name."""


class _Walker:
    """Collects what is to be replaced in one expression."""

    def __init__(self, naming: Naming, text: str) -> None:
        self.naming = naming
        self.text = text
        self.found: list[tuple[Span, str]] = []

    def walk(self, node: Node, scope: FeelScope) -> Place:
        match node:
            case nodes.Name(span, name):
                return self._name(span, name, scope)
            case nodes.Path(_, target, name):
                return self._path(node, target, name, scope)
            case nodes.Call():
                return self._call(node, scope)
            case nodes.Filter(_, target, condition):
                place = self.walk(target, scope)
                self.walk(
                    condition, FeelScope(scope.own, _fields_of(place, self.naming.known) or scope.first)
                )
                return place
            case nodes.Comparison(_, _, left, right):
                self._options(self.walk(left, scope), (right,))
                self._options(self.walk(right, scope), (left,))
            case nodes.In(_, value, tests):
                self._options(self.walk(value, scope), tests)
                for test in tests:
                    self.walk(test, scope)
            case nodes.StringLiteral():
                self._options(scope.result, (node,))
            case _:
                inner = FeelScope(scope.own, scope.first) if not isinstance(node, nodes.If) else scope
                for child in children(node):
                    self.walk(child, inner)
        return None

    def _name(self, span: Span, name: str, scope: FeelScope) -> Place:
        if name in _RECORDS:
            return scope.own
        for fields in scope.layers:
            field = self._replace(span, name, fields)
            if field is not None:
                return field
        return None

    def _path(self, node: Node, target: Node, name: str, scope: FeelScope) -> Place:
        fields = _fields_of(self.walk(target, scope), self.naming.known)
        dot = self.text.index(".", target.span.end) + 1 if "." in self.text[target.span.end :] else 0
        start = dot + len(self.text[dot:]) - len(self.text[dot:].lstrip())
        return self._replace(Span(start, node.span.end), name, fields or {})

    def _replace(self, span: Span, name: str, fields: Mapping[str, FieldShape]) -> FieldShape | None:
        naming = self.naming
        labels = _field_labels(fields)
        other = naming.name(name, labels)
        key = other if naming.back else name
        if key not in fields:
            return None
        if other != name:
            self.found.append((span, other))
        return fields[key]

    def _call(self, node: nodes.Call, scope: FeelScope) -> Place:
        function = node.function
        called = function.name if isinstance(function, nodes.Name) else ""
        key = self.naming.name(called, FUNCTIONS) if self.naming.back else called
        literal = node.arguments[0] if node.arguments else None
        if key in FUNCTIONS:
            other = self.naming.name(called, FUNCTIONS)
            if other != called:
                self.found.append((function.span, other))
        if isinstance(literal, nodes.StringLiteral):
            labels = self._literals(key, scope)
            if labels is not None:
                self._literal(literal, labels)
                chosen = self.naming.name(literal.value, labels) if self.naming.back else literal.value
                return self.naming.known.forms.get(chosen) if key == "records" else None
        for argument in node.arguments:
            self.walk(argument, FeelScope(scope.own, scope.first))
        return None

    def _literals(self, function: str, scope: FeelScope) -> Mapping[str, Label] | None:
        """The labels of what a function's literal argument names."""
        known = self.naming.known
        if function == "records":
            return {one.key: one.label for one in known.forms.values()}
        if function == CHANGED:
            return _field_labels(scope.own.fields) if scope.own is not None else None
        return {"group": known.groups, "role": known.roles}.get(function)

    def _options(self, place: Place, values: Iterable[Node]) -> None:
        """Literals that are options of the field they are compared with."""
        if not isinstance(place, FieldShape) or not place.options:
            return
        for value in values:
            parts = value.items if isinstance(value, nodes.ListNode) else (value,)
            for part in parts:
                if isinstance(part, nodes.StringLiteral):
                    self._literal(part, place.options)

    def _literal(self, literal: nodes.StringLiteral, labels: Mapping[str, Label]) -> None:
        other = self.naming.name(literal.value, labels)
        if other != literal.value:
            self.found.append((literal.span, quoted(other)))


def _fields_of(place: Place, known: Known) -> Mapping[str, FieldShape] | None:
    if isinstance(place, FormShape):
        return place.fields
    if place is None:
        return None
    if place.fields:
        return place.fields
    target = known.forms.get(place.target or "")
    return target.fields if target is not None else None


def _all_fields(fields: Mapping[str, FieldShape]) -> Iterator[FieldShape]:
    for field in fields.values():
        yield field
        yield from field.fields.values()


def _field_labels(fields: Mapping[str, FieldShape]) -> dict[str, Label]:
    return {key: one.label for key, one in fields.items()}


def _unique(labels: Mapping[str, Label], language: str) -> dict[str, str]:
    """The labels that stand for one key each, and for no other key."""
    shown = {key: label_in(label, language) for key, label in labels.items()}
    counts: dict[str, int] = {}
    for label in shown.values():
        counts[label] = counts.get(label, 0) + 1
    return {
        key: label
        for key, label in shown.items()
        if label and counts[label] == 1 and (label == key or label not in labels)
    }


def _replaced(text: str, found: Iterable[tuple[Span, str]]) -> str:
    for span, other in sorted(found, key=lambda one: one[0].start, reverse=True):
        text = text[: span.start] + other + text[span.end :]
    return text
