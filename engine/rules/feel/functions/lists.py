"""List functions; positions count from 1, negative ones from the end (DMN 1.5, 10.3.4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from engine.rules.feel.equality import same
from engine.rules.feel.functions.signature import BuiltIn, Overload, call_value, p, same_as
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import NOWHERE, Fault, FunctionValue, Machine
from engine.rules.feel.types import BOOLEAN, FUNCTION, LIST, NUMBER, FeelType, ListType
from engine.values import Number

Items = list[object]


def _item_of_first(kinds: Sequence[FeelType]) -> FeelType:
    return kinds[0] if kinds and isinstance(kinds[0], ListType) else LIST


def index_at(items: Items, position: Number) -> int:
    """The index for a position, whose fraction is cut off; raises Fault when there is none."""
    place = int(position)
    if place == 0 or abs(place) > len(items):
        raise Fault("feel.function.value", parameter="position", value=shown(position))
    return place - 1 if place > 0 else len(items) + place


def contains(items: Items, element: object) -> bool:
    return any(same(item, element) for item in items)


def sublist(items: Items, start: Number, length: Number | None = None) -> Items:
    first = index_at(items, start)
    if length is None:
        return items[first:]
    if int(length) < 1 or first + int(length) > len(items):
        raise Fault("feel.function.value", parameter="length", value=shown(length))
    return items[first : first + int(length)]


def append(machine: Machine, items: Items, *more: object) -> Items:
    machine.check_length(len(items) + len(more))
    return [*items, *more]


def concatenate(machine: Machine, *lists: Items) -> Items:
    machine.check_length(sum(map(len, lists)))
    return [item for items in lists for item in items]


def insert_before(machine: Machine, items: Items, position: Number, new_item: object) -> Items:
    machine.check_length(len(items) + 1)
    at = index_at(items, position)
    return [*items[:at], new_item, *items[at:]]


def remove(items: Items, position: Number) -> Items:
    at = index_at(items, position)
    return [*items[:at], *items[at + 1 :]]


def replace_item(machine: Machine, items: Items, where: object, new_item: object) -> Items:
    """`where` is a position, or a function (item, new item) that says whether the item is replaced."""
    if isinstance(where, FunctionValue):
        chosen = [call_value(machine, where, (item, new_item)) for item in items]
        for verdict in chosen:
            if not isinstance(verdict, bool):
                raise Fault("feel.function.item", value=shown(verdict), kind=kind_of(verdict))
        return [new_item if hit else item for item, hit in zip(items, chosen, strict=True)]
    at = index_at(items, where)  # type: ignore[arg-type]  # a number by its parameter
    return [*items[:at], new_item, *items[at + 1 :]]


def index_of(items: Items, match: object) -> Items:
    return [place for place, item in enumerate(items, 1) if same(item, match)]


def distinct(machine: Machine, items: Items) -> Items:
    """The first of equal items stays. Plain values are found by hash, others one by one within the budget."""
    kept: Items = []
    seen: set[tuple[str, object]] = set()
    others: Items = []
    for item in items:
        if isinstance(item, list | dict) or kind_of(item) in ("time", "date and time", "range"):
            machine.spend(len(others), NOWHERE)
            if not contains(others, item):
                others.append(item)
                kept.append(item)
        elif (kind_of(item), item) not in seen:
            seen.add((kind_of(item), item))
            kept.append(item)
    return kept


def union(machine: Machine, *lists: Items) -> Items:
    return distinct(machine, concatenate(machine, *lists))


def flatten(machine: Machine, items: Items) -> Items:
    flat: Items = []
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        else:
            flat.append(item)
            machine.check_length(len(flat))
    return flat


def sort(machine: Machine, items: Items, precedes: object = None) -> Items:
    """A stable merge sort that asks `precedes(a, b)`; without it, the natural order of comparable items."""
    if precedes is None:
        return _natural(items)
    runs: list[Items] = [[item] for item in items]
    while len(runs) > 1:
        pairs = [runs[at : at + 2] for at in range(0, len(runs), 2)]
        runs = [_merge(machine, pair[0], pair[1], precedes) if len(pair) == 2 else pair[0] for pair in pairs]
    return runs[0] if runs else []


def _merge(machine: Machine, left: Items, right: Items, precedes: object) -> Items:
    merged: Items = []
    i = j = 0
    while i < len(left) and j < len(right):
        verdict = call_value(machine, precedes, (right[j], left[i]))
        if not isinstance(verdict, bool):
            raise Fault("feel.function.item", value=shown(verdict), kind=kind_of(verdict))
        if verdict:
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    return [*merged, *left[i:], *right[j:]]


def _natural(items: Items) -> Items:
    kinds = {kind_of(item) for item in items}
    if len(kinds) > 1 or not kinds <= {"number", "string", "date"}:
        raise Fault("feel.function.mixed", kinds=sorted(kinds))
    return sorted(items)  # type: ignore[type-var]  # one comparable kind


_LIST = p("list", LIST)
LIST_FUNCTIONS: Final = (
    BuiltIn("list contains", (Overload((_LIST, p("element")), BOOLEAN, contains),)),
    BuiltIn(
        "count", (Overload((_LIST,), NUMBER, len), Overload((p("c", many=True),), NUMBER, lambda *c: len(c)))
    ),
    BuiltIn(
        "sublist",
        (
            Overload(
                (
                    _LIST,
                    p("start position", NUMBER),
                    p("length", NUMBER, optional=True, nullable=True),
                ),
                _item_of_first,
                sublist,
            ),
        ),
    ),
    BuiltIn("append", (Overload((_LIST, p("item", many=True)), LIST, append, with_machine=True),)),
    BuiltIn(
        "concatenate", (Overload((p("list", LIST, many=True),), same_as(0), concatenate, with_machine=True),)
    ),
    BuiltIn(
        "insert before",
        (Overload((_LIST, p("position", NUMBER), p("newItem")), LIST, insert_before, with_machine=True),),
    ),
    BuiltIn("remove", (Overload((_LIST, p("position", NUMBER)), _item_of_first, remove),)),
    BuiltIn(
        "list replace",
        (
            Overload((_LIST, p("position", NUMBER), p("newItem")), LIST, replace_item, with_machine=True),
            Overload((_LIST, p("match", FUNCTION), p("newItem")), LIST, replace_item, with_machine=True),
        ),
    ),
    BuiltIn("reverse", (Overload((_LIST,), _item_of_first, lambda items: items[::-1]),)),
    BuiltIn("index of", (Overload((_LIST, p("match")), ListType(NUMBER), index_of),)),
    BuiltIn("union", (Overload((p("list", LIST, many=True),), same_as(0), union, with_machine=True),)),
    BuiltIn("distinct values", (Overload((_LIST,), _item_of_first, distinct, with_machine=True),)),
    BuiltIn("flatten", (Overload((_LIST,), LIST, flatten, with_machine=True),)),
    BuiltIn(
        "sort",
        (Overload((_LIST, p("precedes", FUNCTION, optional=True)), _item_of_first, sort, with_machine=True),),
    ),
)
