"""Boolean functions (DMN 1.5, 10.3.4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from engine.problems import Severity
from engine.rules.feel.functions.signature import BuiltIn, Overload, p
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import Fault
from engine.rules.feel.types import BOOLEAN, LIST


def negated(value: object) -> bool | None:
    """Not true is false; what is no boolean has no opposite and gives null."""
    return None if not isinstance(value, bool) else not value


def identical(left: object, right: object) -> bool:
    """`is`: the same kind and the same value, zones and units included."""
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return kind_of(left) == kind_of(right) and left == right
    return type(left) is type(right) and left == right


def every(*values: object) -> bool | None:
    return _fold(_items(values), decisive=False)


def some(*values: object) -> bool | None:
    return _fold(_items(values), decisive=True)


def _items(values: Sequence[object]) -> Sequence[object]:
    """One list, or the items themselves; a single null is neither."""
    if len(values) == 1 and values[0] is None:
        raise Fault("feel.function.null-argument", severity=Severity.WARNING, parameter="list")
    return values[0] if len(values) == 1 and isinstance(values[0], list) else values


def _fold(values: Sequence[object], *, decisive: bool) -> bool | None:
    """Three-valued and (decisive false) or or (decisive true) over a list."""
    for value in values:
        if value is not None and not isinstance(value, bool):
            raise Fault("feel.function.item", value=shown(value), kind=kind_of(value))
    if decisive in values:
        return decisive
    return None if None in values else not decisive


BOOLEAN_FUNCTIONS: Final = (
    BuiltIn("not", (Overload((p("negand", BOOLEAN, nullable=True),), BOOLEAN, negated),)),
    BuiltIn("is", (Overload((p("value1"), p("value2")), BOOLEAN, identical),)),
    BuiltIn(
        "all",
        (Overload((p("list", LIST),), BOOLEAN, every), Overload((p("b", many=True),), BOOLEAN, every)),
    ),
    BuiltIn(
        "any",
        (Overload((p("list", LIST),), BOOLEAN, some), Overload((p("b", many=True),), BOOLEAN, some)),
    ),
)
