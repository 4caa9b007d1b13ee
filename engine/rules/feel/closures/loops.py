"""Closures of `for`, `some`, `every` and filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.problems import Severity, Span
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import Closure, Fault, Machine
from engine.values import Date, Range

Turn = Callable[[Machine], bool]
"""One turn of a loop; false ends all loops."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What one loop runs over: a list or range, or the numbers or days from `source` to `end`."""

    slot: int
    source: Closure
    end: Closure | None
    span: Span

    def values(self, machine: Machine) -> list[object] | None:
        """The items in order; None (with a problem) if there are none to run over."""
        source = self.source(machine)
        if self.end is not None:
            return domain_items(machine, Range(source, self.end(machine)), self.span)
        return domain_items(machine, source, self.span)


def domain_items(machine: Machine, source: object, span: Span) -> list[object] | None:
    """What a loop over `source` runs over; the budget of its turns is taken at once."""
    if source is None:
        machine.fail("feel.value.null-operand", span, Severity.WARNING, operator="in")
        return None
    try:
        items = _items(machine, source)
    except Fault as fault:
        machine.fail_with(fault, span)
        return None
    machine.spend(len(items) + 1, span)
    return items


def _items(machine: Machine, source: object) -> list[object]:
    if isinstance(source, Range):
        return _steps(machine, source.low, source.high, (source.low_included, source.high_included))
    return source if isinstance(source, list) else [source]


def _steps(machine: Machine, low: object, high: object, included: tuple[bool, bool]) -> list[object]:
    """Whole numbers or days, upwards or downwards; raises Fault. The length is checked before it is built."""
    first, last, make = _ends(low, high)
    step = 1 if last >= first else -1
    if not included[0]:
        first += step
    count = (last - first) * step + (1 if included[1] else 0)
    machine.check_length(count)
    return [make(first + step * index) for index in range(max(count, 0))]


def _ends(low: object, high: object) -> tuple[int, int, Callable[[int], object]]:
    if isinstance(low, Date) and isinstance(high, Date):
        return low.ordinal, high.ordinal, Date.from_ordinal
    return _whole(low), _whole(high), _itself


def _whole(end: object) -> int:
    if isinstance(end, bool) or not isinstance(end, int | Decimal) or end != int(end):
        raise Fault("feel.value.loop", value=shown(end), kind=kind_of(end))
    return int(end)


def _itself(value: int) -> object:
    return value


def nested(domains: Sequence[Domain], innermost: Turn) -> Callable[[Machine], bool | None]:
    """All loops inside each other; None if one has nothing to run over, false if a turn ended them."""
    run: Callable[[Machine], bool | None] = innermost
    for domain in reversed(domains):
        run = _loop(domain, run)
    return run


def _loop(domain: Domain, inner: Callable[[Machine], bool | None]) -> Callable[[Machine], bool | None]:
    slot = domain.slot

    def loop(machine: Machine) -> bool | None:
        items = domain.values(machine)
        if items is None:
            return None
        slots = machine.slots
        for item in items:
            slots[slot] = item
            going_on = inner(machine)
            if going_on is not True:
                return going_on
        return True

    return loop


def collected(domains: Sequence[Domain], partial: int, body: Closure, span: Span) -> Closure:
    """`for`: the list of the body's values."""

    def collect(machine: Machine) -> bool:
        results: list[object] = machine.slots[partial]  # type: ignore[assignment]  # set just before
        value = body(machine)
        results.append(value)
        if len(results) > machine.limits.list_length:
            raise Fault("feel.limit.list", length=len(results), limit=machine.limits.list_length)
        return True

    run = nested(domains, collect)

    def made(machine: Machine) -> object:
        results: list[object] = []
        machine.slots[partial] = results
        try:
            return results if run(machine) else None
        except Fault as fault:
            machine.fail_with(fault, span)
            return None

    return made


def quantified(domains: Sequence[Domain], condition: Closure, *, every: bool) -> Closure:
    """`some` ends with the first true, `every` with the first false; else null if a verdict was neither."""
    decisive = not every

    def made(machine: Machine) -> object:
        unknown: list[bool] = []

        def turn(machine: Machine) -> bool:
            verdict = condition(machine)
            if verdict is decisive:
                return False
            if not isinstance(verdict, bool):
                unknown.append(True)
            return True

        ended = nested(domains, turn)(machine)
        if ended is None:
            return None
        if ended is False:
            return decisive
        return None if unknown else not decisive

    return made


def indexed(target: Closure, position: int, span: Span) -> Closure:
    """`list[2]`, `list[-1]` with a literal position."""

    def item(machine: Machine) -> object:
        value = target(machine)
        return at_position(machine, value, position, span)

    return item


def at_position(machine: Machine, value: object, position: int | Decimal, span: Span) -> object:
    items = value if isinstance(value, list) else [value]
    place = int(position)
    if place != position or place == 0 or abs(place) > len(items):
        machine.fail(
            "feel.value.position", span, Severity.WARNING, position=shown(position), length=len(items)
        )
        return None
    return items[place - 1 if place > 0 else place]


def filtered(target: Closure, slot: int, condition: Closure, span: Span, *, by_number: bool) -> Closure:
    """Items for which the condition is true; a number as condition is a position.

    by_number   the condition's type is known to be number
    """

    def position(machine: Machine, items: list[object]) -> object:
        machine.slots[slot] = items[0] if items else None
        return condition(machine)

    def made(machine: Machine) -> object:
        value = target(machine)
        items = value if isinstance(value, list) else ([] if value is None else [value])
        if by_number or not items:
            return by_position(machine, items, position(machine, items), span) if by_number else items
        machine.spend(len(items) + 1, span)
        kept: list[object] = []
        slots = machine.slots
        for item in items:
            slots[slot] = item
            verdict = condition(machine)
            if verdict is True:
                kept.append(item)
            elif verdict is not False and verdict is not None:
                return unusual_verdict(machine, items, verdict, span)
        return kept

    return made


def unusual_verdict(machine: Machine, items: list[object], verdict: object, span: Span) -> object:
    """What a filter gives whose condition is a number, which is a position, or no boolean at all."""
    if type(verdict) is int or type(verdict) is Decimal:
        return at_position(machine, items, verdict, span)
    machine.fail("feel.value.operand", span, operator="[ ]", value=shown(verdict), kind=kind_of(verdict))
    return None


def by_position(machine: Machine, items: list[object], position: object, span: Span) -> object:
    if isinstance(position, bool) or not isinstance(position, int | Decimal):
        machine.fail(
            "feel.value.operand", span, operator="[ ]", value=shown(position), kind=kind_of(position)
        )
        return None
    return at_position(machine, items, position, span)
