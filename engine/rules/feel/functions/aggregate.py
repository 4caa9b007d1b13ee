"""Numbers out of lists: each takes one list or its items as arguments (DMN 1.5, 10.3.4.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Final

from engine.rules.feel.arithmetic import calculate
from engine.rules.feel.equality import compare
from engine.rules.feel.functions.signature import BuiltIn, Overload, ResultRule, p
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import Fault
from engine.rules.feel.nodes import Arithmetic
from engine.rules.feel.types import ANY, LIST, NUMBER, FeelType, ListType, item_type
from engine.values import CONTEXT, Number

_SUMMABLE: Final = ("number", "days and time duration", "years and months duration")


def _items(values: Sequence[object]) -> list[object]:
    if len(values) == 1 and isinstance(values[0], list):
        return values[0]
    return [*values]


def _numbers(values: Sequence[object]) -> list[Number]:
    numbers: list[Number] = []
    for item in _items(values):
        if isinstance(item, bool) or not isinstance(item, int | Decimal):
            raise Fault("feel.function.item", value=shown(item), kind=kind_of(item))
        numbers.append(item)
    return numbers


def _filled(values: Sequence[object]) -> list[Number]:
    numbers = _numbers(values)
    if not numbers:
        raise Fault("feel.function.empty")
    return numbers


def _extreme(values: Sequence[object], direction: int) -> object:
    items = _items(values)
    if not items:
        raise Fault("feel.function.empty")
    best = items[0]
    for item in items:
        order = compare(item, best)
        if order is None:
            raise Fault("feel.function.mixed", kinds=sorted({kind_of(item), kind_of(best)}))
        if order == direction:
            best = item
    return best


def minimum(*values: object) -> object:
    return _extreme(values, -1)


def maximum(*values: object) -> object:
    return _extreme(values, 1)


def total(*values: object) -> object:
    """Numbers, or durations of one kind."""
    items = _items(values)
    if not items:
        raise Fault("feel.function.empty")
    for item in items:
        if kind_of(item) not in _SUMMABLE:
            raise Fault("feel.function.item", value=shown(item), kind=kind_of(item))
    return reduce(lambda a, b: calculate(Arithmetic.ADD, a, b), items)


def mean(*values: object) -> object:
    return calculate(Arithmetic.DIVIDE, total(*values), len(_items(values)))


def product(*values: object) -> object:
    numbers: list[object] = [*_filled(values)]
    return reduce(lambda a, b: calculate(Arithmetic.MULTIPLY, a, b), numbers)


def median(*values: object) -> Number:
    numbers = sorted(_filled(values))
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return CONTEXT.divide(CONTEXT.add(numbers[middle - 1], numbers[middle]), 2)


def deviation(*values: object) -> Number:
    """The standard deviation of a sample; raises Fault for fewer than two numbers."""
    numbers = _numbers(values)
    if len(numbers) < 2:
        raise Fault("feel.function.empty")
    average = CONTEXT.divide(reduce(CONTEXT.add, numbers, Decimal(0)), len(numbers))
    squares = (CONTEXT.power(CONTEXT.subtract(number, average), 2) for number in numbers)
    return CONTEXT.sqrt(CONTEXT.divide(reduce(CONTEXT.add, squares, Decimal(0)), len(numbers) - 1))


def mode(*values: object) -> list[object]:
    """The most frequent numbers, in ascending order."""
    counts = Counter(_numbers(values))
    highest = max(counts.values(), default=0)
    return sorted(number for number, count in counts.items() if count == highest)  # type: ignore[return-value]


def _item(kinds: Sequence[FeelType]) -> FeelType:
    return item_type(kinds[0]) if kinds else ANY


def _aggregate(name: str, result: FeelType | ResultRule, body: Callable[..., object]) -> BuiltIn:
    return BuiltIn(
        name,
        (Overload((p("list", LIST),), result, body), Overload((p("n", many=True),), result, body)),
    )


AGGREGATE_FUNCTIONS: Final = (
    _aggregate("min", _item, minimum),
    _aggregate("max", _item, maximum),
    _aggregate("sum", _item, total),
    _aggregate("mean", _item, mean),
    _aggregate("product", NUMBER, product),
    _aggregate("median", NUMBER, median),
    _aggregate("stddev", NUMBER, deviation),
    _aggregate("mode", ListType(NUMBER), mode),
)
