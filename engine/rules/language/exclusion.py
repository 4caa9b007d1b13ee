"""Rules that exclude each other: one field would have to have two values.

Only what a condition says of constants counts: `stage = "won" and …`, `source in ("fair", "phone")`, and
`stage changed to "won"`. Whatever else a condition says can only make it hold less often.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.rules.feel import Compiled
from engine.rules.feel.nodes import (
    And,
    BooleanLiteral,
    Comparison,
    In,
    Name,
    Node,
    NullLiteral,
    NumberLiteral,
    Order,
    Path,
    StringLiteral,
)
from engine.rules.language.compile import Wake
from engine.rules.language.model import Changed

Values = frozenset[object]
_CONSTANT = BooleanLiteral | NullLiteral | NumberLiteral | StringLiteral


def is_constant(node: Node | None) -> bool:
    return isinstance(node, _CONSTANT)


def exclude(
    wakes: tuple[Wake, Wake],
    conditions: tuple[Compiled | None, Compiled | None],
    passing: frozenset[str] = frozenset(),
) -> bool:
    """Whether no record, at no event that wakes both, satisfies both conditions; None = always.

    passing   fields that may change between the one rule and the other
    """
    one, other = (_known(wake, condition) for wake, condition in zip(wakes, conditions, strict=True))
    shared = one.keys() & other.keys() - passing
    return any(not one[name] & other[name] for name in shared)


def _known(wake: Wake, condition: Compiled | None) -> dict[str, Values]:
    """The values that a field, or `old.field`, can have, by its name."""
    found: dict[str, Values] = {}
    for name, values in (*_of_trigger(wake), *_of_condition(None if condition is None else condition.node)):
        found[name] = found.get(name, values) & values
    return found


def _of_trigger(wake: Wake) -> Iterator[tuple[str, Values]]:
    if isinstance(wake.trigger, Changed) and wake.trigger.fields:
        name = wake.trigger.fields[0].key
        for path, expressions in ((name, wake.to), (f"old.{name}", wake.before)):
            nodes = [one.node for one in expressions]
            if nodes and all(map(is_constant, nodes)):
                yield path, frozenset(_value(node) for node in nodes)


def _of_condition(node: Node | None) -> Iterator[tuple[str, Values]]:
    match node:
        case And(operands=operands):
            for operand in operands:
                yield from _of_condition(operand)
        case Comparison(operator=Order.EQUAL, left=left, right=right):
            for place, constant in ((left, right), (right, left)):
                if is_constant(constant) and _path(place):
                    yield _path(place), frozenset([_value(constant)])
        case In(value=value, tests=tests) if _path(value) and all(map(is_constant, tests)):
            yield _path(value), frozenset(_value(test) for test in tests)


def _path(node: Node) -> str:
    """`stage`, `record.stage` or `old.stage`; "" for anything else."""
    match node:
        case Name(name=name):
            return name
        case Path(target=Name(name="record"), name=name):
            return name
        case Path(target=Name(name="old"), name=name):
            return f"old.{name}"
    return ""


def _value(node: Node | None) -> object:
    return None if isinstance(node, NullLiteral) or node is None else getattr(node, "value", None)
