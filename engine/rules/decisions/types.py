"""Types of a model: what item definitions mean, and making values fit them at the edges of decisions.

Source: DMN 1.5, clauses 7.3.3 (ItemDefinition) and 10.3.2.9.4 (implicit conversions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from engine.problems import Problem
from engine.rules.decisions.model import ItemDefinition
from engine.rules.feel import Compiled, Dialect, Scope, compile_expression
from engine.rules.feel.kinds import KINDS, coerce
from engine.rules.feel.nodes import StringLiteral, UnaryTests
from engine.rules.feel.types import (
    ANY,
    SIMPLE_TYPES,
    STRING,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    SelectType,
)
from engine.values import DateTime

_PLAIN_CLASSES: Final[Mapping[str, frozenset[type]]] = MappingProxyType(
    {name: frozenset(c for c, kind in KINDS.items() if kind == name) for name in {*KINDS.values()}}
)
_NESTING: Final = 20


@dataclass(frozen=True, slots=True, eq=False)
class Typed:
    """A type with its constraints.

    feel        its FEEL type
    classes     Python classes whose values fit without a further look
    components  of a structure
    item        of a collection
    tests       unary tests that the value has to pass
    allowed     their text, as far as they name the allowed values
    """

    name: str
    feel: FeelType
    classes: frozenset[type] = frozenset()
    components: Mapping[str, Typed] = field(default_factory=dict)
    item: Typed | None = None
    tests: tuple[Compiled, ...] = ()
    allowed: str = ""

    def fit(self, value: object, now: DateTime) -> tuple[bool, object]:
        """Whether `value` can stand where this type is wanted, and the value that then stands there."""
        if value is None or self.feel is ANY or type(value) in self.classes:
            return True, value
        fits, shaped = self._shape(value, now)
        if not fits or not all(test.evaluate({"?": shaped}, now=now).value is True for test in self.tests):
            return False, None
        return True, shaped

    def _shape(self, value: object, now: DateTime) -> tuple[bool, object]:
        if self.item is not None:
            return _fit_items(self.item, value if isinstance(value, list) else [value], now)
        if self.components:
            return self._fit_components(value, now)
        if _is_list_of_list(value) and not isinstance(self.feel, ListType):
            return False, None
        return coerce(value, self.feel)

    def _fit_components(self, value: object, now: DateTime) -> tuple[bool, object]:
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, dict):
            return False, None
        fitted = dict(value)
        for name, kind in self.components.items():
            fits, fitted[name] = kind.fit(value.get(name), now)
            if name not in value or not fits:
                return False, None
        return True, fitted if any(fitted[n] is not value[n] for n in self.components) else value


def _is_list_of_list(value: object) -> bool:
    """A list of one is its item, but only once."""
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], list)


def _fit_items(item: Typed, values: list[object], now: DateTime) -> tuple[bool, object]:
    fitted = [item.fit(value, now) for value in values]
    return all(fits for fits, _ in fitted), [value for _, value in fitted]


def plain(kind: FeelType) -> Typed:
    """A FEEL type as it is."""
    simple = kind in SIMPLE_TYPES.values()
    return Typed(kind.name, kind, _PLAIN_CLASSES.get(kind.name, frozenset()) if simple else frozenset())


ANYTHING: Final = plain(ANY)


class TypeTable:
    """The named types of one model, and under `import.name` those of the models it imports."""

    def __init__(self, items: Iterable[ItemDefinition], imported: Mapping[str, TypeTable]) -> None:
        self._items = {item.name: item for item in items}
        self._imported = imported
        self._known: dict[str, Typed] = {}
        self.problems: list[Problem] = []
        for name in self._items:
            self.find(name)

    def find(self, name: str, depth: int = 0) -> Typed | None:
        """The type of that name; None if there is none."""
        if name in self._items:
            if name not in self._known:
                self._known[name] = ANYTHING
                self._known[name] = self._build(self._items[name], depth)
            return self._known[name]
        simple = SIMPLE_TYPES.get(name.removeprefix("feel:"))
        return plain(simple) if simple is not None else self._from_imports(name)

    def of(self, name: str, at: str, line: int) -> Typed:
        """The type, or ANYTHING and a problem at the element that names it; "" is any type."""
        found = self.find(name) if name else ANYTHING
        if found is None:
            self.problems.append(Problem("decision.type.unknown", at, {"line": line, "name": name}))
        return found or ANYTHING

    def feel_types(self) -> dict[str, FeelType]:
        """For `instance of`."""
        own = {name: typed.feel for name, typed in self._known.items()}
        for prefix, table in self._imported.items():
            own |= {f"{prefix}.{name}" if prefix else name: k for name, k in table.feel_types().items()}
        return own

    def _from_imports(self, name: str) -> Typed | None:
        for prefix, table in self._imported.items():
            if not prefix or name.startswith(prefix + "."):
                found = table.find(name[len(prefix) + 1 :] if prefix else name)
                if found is not None:
                    return found
        return None

    def _build(self, item: ItemDefinition, depth: int) -> Typed:
        if depth > _NESTING:
            self.problems.append(Problem("decision.type.deep", item.id, {"line": item.line}))
            return ANYTHING
        base = self._restricted(self._base(item, depth), item)
        if item.collection:
            base = Typed(item.name, ListType(item=base.feel), item=base)
        if not item.constraint:
            return base
        test = self._test(item.constraint, base.feel, item)
        allowed = base.allowed or ("" if item.collection else item.constraint)
        return Typed(
            item.name, base.feel, frozenset(), base.components, base.item, (*base.tests, test), allowed
        )

    def _base(self, item: ItemDefinition, depth: int) -> Typed:
        if item.is_function:
            return self._function(item)
        if item.components:
            parts = {part.name: self._build(part, depth + 1) for part in item.components}
            kind = ContextType({name: part.feel for name, part in parts.items()})
            return Typed(item.name, kind, components=MappingProxyType(parts))
        found = self.find(item.type, depth + 1) if item.type else ANYTHING
        if found is None:
            params = {"line": item.line, "name": item.type}
            self.problems.append(Problem("decision.type.unknown", item.id, params))
        return found or ANYTHING

    def _function(self, item: ItemDefinition) -> Typed:
        kinds = tuple(self.of(p.type, item.id, item.line).feel for p in item.parameters)
        result = self.of(item.result, item.id, item.line).feel
        return Typed(item.name, FunctionType(kinds, result))

    def _restricted(self, base: Typed, item: ItemDefinition) -> Typed:
        if not item.allowed:
            return base
        test = self._test(item.allowed, base.feel, item)
        kind = _choices(test) if base.feel is STRING else None
        return Typed(
            item.name,
            kind or base.feel,
            frozenset(),
            base.components,
            base.item,
            (*base.tests, test),
            item.allowed,
        )

    def _test(self, text: str, kind: FeelType, item: ItemDefinition) -> Compiled:
        compiled = compile_expression(text, Scope({"?": kind}), Dialect.UNARY_TESTS)
        self.problems += [problem.within(at=item.id) for problem in compiled.problems]
        return compiled


def _choices(test: Compiled) -> SelectType | None:
    """A string that is one of a few has its own type, so that a misspelt one is found."""
    node = test.node
    if not isinstance(node, UnaryTests) or node.negated:
        return None
    keys = [one.value for one in node.tests if isinstance(one, StringLiteral)]
    return SelectType(keys=tuple(keys)) if len(keys) == len(node.tests) else None
