"""A condition over the records of one form: checked once, bound per request."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine.problems import InputError, Problem
from engine.rules.feel import Compiled, Scope, compile_expression
from engine.rules.feel.nodes import Node
from engine.values import DateTime
from runtime.query.bounds import Bound, Shape, bind
from runtime.query.conditions import Clause, Conditions
from runtime.query.terms import Names
from runtime.query.values import MAX_ITEMS, Refused, Slot

_Pattern = tuple[frozenset[Shape], ...]


@dataclass(frozen=True, slots=True)
class BoundFilter:
    """A clause with the values of its parameters; `EVERYTHING` has neither.

    pattern   with the same filter and the same pattern the clause is the same: for caches of statements
    """

    clause: Clause
    params: Mapping[str, object]
    pattern: Hashable = ()


EVERYTHING = BoundFilter(sa.true(), {})


class Filter:
    """Compiled from FEEL.

    fields    the names that stand for fields of the record, `record` itself if it is the row that is looked
              at; every other name is a constant
    prefix    of parameter names; two filters in one statement need different ones
    problems  why it cannot run in SQL; then `bind` must not be called
    """

    def __init__(
        self,
        compiled: Compiled,
        scope: Scope,
        names: Names,
        fields: frozenset[str],
        *,
        dialect: str,
        prefix: str = "w",
    ) -> None:
        self._text = compiled.text
        self._node = compiled.node
        self._fields = fields
        self._constants = Scope({name: kind for name, kind in scope.names.items() if name not in fields})
        self._queries = {query.name: query for query in compiled.queries}
        self._names = names
        self._dialect = dialect
        self._prefix = prefix
        self._clauses: dict[_Pattern, Clause] = {}
        self.problems: tuple[Problem, ...] = compiled.problems
        self._slots: tuple[Slot, ...] = ()
        self._find_slots()

    def _find_slots(self) -> None:
        if self._node is None:
            return
        compiler = self._compiler(None)
        try:
            compiler.where(self._node)
        except Refused as refused:
            self.problems = (*self.problems, *refused.problems)
        self._slots = tuple(compiler.slots)

    def bind(self, context: Mapping[str, object], now: DateTime, zone: ZoneInfo) -> BoundFilter:
        """The clause for one request. Raises InputError for a constant that no column could hold.

        context   FEEL values of the names that are no fields, `user` above all
        zone      the workspace's
        """
        values = [self._bounds(slot, self._value(slot.node, context, now), zone) for slot in self._slots]
        pattern = tuple(_shapes(slot, bounds) for slot, bounds in zip(self._slots, values, strict=True))
        params: dict[str, object] = {}
        for number, (slot, bounds) in enumerate(zip(self._slots, values, strict=True)):
            found = [bound.value for bound in bounds if bound.shape is Shape.VALUE]
            if found:
                params[f"{self._prefix}{number}"] = found if slot.many else found[0]
        return BoundFilter(self._clause(pattern), params, pattern)

    def _value(self, node: Node, context: Mapping[str, object], now: DateTime) -> object:
        text = self._text[node.span.start : node.span.end]
        return compile_expression(text, self._constants).evaluate(context, now=now).value

    def _bounds(self, slot: Slot, value: object, zone: ZoneInfo) -> list[Bound]:
        items = value if slot.many and isinstance(value, list) else [value]
        if len(items) > MAX_ITEMS:
            raise InputError(
                (Problem("query.value.too-many", params={"limit": MAX_ITEMS}, span=slot.node.span),)
            )
        integers = self._dialect == "sqlite"
        return [bind(slot.kind, slot.scale, slot.order, item, zone, integers=integers) for item in items]

    def _clause(self, pattern: _Pattern) -> Clause:
        known = self._clauses.get(pattern)
        if known is None and self._node is not None:
            try:
                known = self._compiler(pattern).where(self._node)
            except Refused as refused:
                raise InputError(refused.problems) from None
            self._clauses[pattern] = known
        return sa.false() if known is None else known

    def _compiler(self, pattern: _Pattern | None) -> Conditions:
        fields = self._fields
        return Conditions(self._names, fields, self._queries, self._dialect, self._prefix, pattern)


def _shapes(slot: Slot, bounds: list[Bound]) -> frozenset[Shape]:
    """For a list only whether something and whether null is in it matters."""
    shapes = frozenset(bound.shape for bound in bounds)
    return shapes & {Shape.VALUE, Shape.NULL} if slot.many else shapes
