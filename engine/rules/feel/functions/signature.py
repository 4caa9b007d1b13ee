"""What a built-in function accepts, and how arguments find their parameters (DMN 1.5, 10.3.2.13.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.problems import Severity
from engine.rules.feel.kinds import KINDS, coerce, kind_of, shown
from engine.rules.feel.machine import Fault, FunctionValue, Lambda, Machine
from engine.rules.feel.types import ANY, FeelType, FunctionType, ListType

ResultRule = Callable[[Sequence[FeelType]], FeelType]


@dataclass(frozen=True, slots=True)
class Parameter:
    """kinds     the types it takes; none = any value, null included
    optional  may be left out (the body's default then holds)
    nullable  takes null
    many      takes all remaining positional arguments
    """

    name: str
    kinds: tuple[FeelType, ...]
    optional: bool = False
    nullable: bool = False
    many: bool = False
    classes: frozenset[type] = frozenset()

    def __str__(self) -> str:
        return f"{self.name}{'?' if self.optional else '…' if self.many else ''}"

    def accept(self, value: object) -> tuple[bool, object]:
        """Whether the value fits, and the value after coercion."""
        if type(value) in self.classes or not self.kinds:
            return True, value
        if value is None:
            return self.nullable, None
        for kind in self.kinds:
            fits, coerced = coerce(value, kind)
            if fits and (coerced is not None or self.nullable):
                return True, coerced
        return False, None


def p(
    name: str, *kinds: FeelType, optional: bool = False, nullable: bool = False, many: bool = False
) -> Parameter:
    """A parameter, with the Python classes that need no further look."""
    plain = {kind.name for kind in kinds if not isinstance(kind, ListType) or kind.item is ANY}
    classes = frozenset(python for python, name in KINDS.items() if name in plain and name != "Null")
    return Parameter(name, kinds, optional, nullable, many, classes)


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a function; the body takes the arguments in order, first the machine if it asks."""

    parameters: tuple[Parameter, ...]
    result: FeelType | ResultRule
    body: Callable[..., object]
    with_machine: bool = False

    @property
    def required(self) -> int:
        return sum(not parameter.optional for parameter in self.parameters)

    def takes(self, count: int, names: Sequence[str]) -> bool:
        """Whether a call with so many arguments, under these names, can be meant."""
        if names:
            known = {parameter.name for parameter in self.parameters}
            needed = {parameter.name for parameter in self.parameters if not parameter.optional}
            return needed <= set(names) <= known and len(set(names)) == len(names)
        if self.parameters and self.parameters[-1].many:
            return count >= self.required
        return self.required <= count <= len(self.parameters)

    def placed(self, count: int, names: Sequence[str]) -> list[Parameter]:
        """The parameter of each argument, for a call that it takes."""
        if names:
            by_name = {parameter.name: parameter for parameter in self.parameters}
            return [by_name[name] for name in names]
        return [self.parameters[min(index, len(self.parameters) - 1)] for index in range(count)]

    def fitting(self, arguments: Sequence[object], names: Sequence[str]) -> int:
        """How many of the arguments fit."""
        pairs = zip(self.placed(len(arguments), names), arguments, strict=True)
        return sum(parameter.accept(value)[0] for parameter, value in pairs)

    def bind(self, arguments: Sequence[object], names: Sequence[str]) -> list[object] | None:
        """The arguments in the order of the body, coerced; None if one does not fit."""
        if names:
            return self._bind_names(dict(zip(names, arguments, strict=True)))
        bound: list[object] = []
        for index, value in enumerate(arguments):
            fits, coerced = self.parameters[min(index, len(self.parameters) - 1)].accept(value)
            if not fits:
                return None
            bound.append(coerced)
        return bound

    def _bind_names(self, given: dict[str, object]) -> list[object] | None:
        """An optional parameter left out before a given one is null, which such bodies read as absent."""
        bound: list[object] = []
        for parameter in self.parameters[: self._last_given(given)]:
            fits, coerced = (
                parameter.accept(given[parameter.name]) if parameter.name in given else (True, None)
            )
            if not fits:
                return None
            bound.extend(_spread(parameter, coerced) if parameter.many else [coerced])
        return bound

    def order(self, names: Sequence[str]) -> tuple[int | None, ...] | None:
        """Which of the named arguments each parameter gets, None for null; None if only a call can tell."""
        given = {name: index for index, name in enumerate(names)}
        parameters = self.parameters[: self._last_given(given)]
        if any(one.many or not (one.name in given or one.nullable) for one in parameters):
            return None
        return tuple(given.get(one.name) for one in parameters)

    def _last_given(self, given: Mapping[str, object]) -> int:
        return max(index for index, parameter in enumerate(self.parameters) if parameter.name in given) + 1


def _spread(parameter: Parameter, value: object) -> list[object]:
    """What a named argument gives a parameter that takes many: a list of them, or one of them."""
    if isinstance(value, list) and (not parameter.kinds or all(isinstance(item, list) for item in value)):
        return value
    return [value]


def _plain(name: str) -> str:
    return name.replace(" ", "").lower()


@dataclass(frozen=True, slots=True, eq=False)
class BuiltIn(FunctionValue):
    """A function of the language.

    pure   depends on nothing but its arguments
    """

    name: str
    overloads: tuple[Overload, ...]
    pure: bool = True

    def __str__(self) -> str:
        return self.name

    def call(self, machine: Machine, arguments: Sequence[object], names: Sequence[str] = ()) -> object:
        """The result; `names` are spelled as the parameters'. Raises Fault."""
        overload, bound = self._choose(arguments, names)
        try:
            return overload.body(machine, *bound) if overload.with_machine else overload.body(*bound)
        except Fault as fault:
            fault.params.setdefault("function", self.name)
            raise
        except (ArithmeticError, ValueError):
            shown_arguments = ", ".join(map(shown, arguments))
            raise Fault("feel.function.range", function=self.name, arguments=shown_arguments) from None

    def spelled(self, names: Sequence[str]) -> tuple[str, ...]:
        """Names of arguments as the parameters have them: `startPosition` is `start position`."""
        known = {_plain(one.name): one.name for overload in self.overloads for one in overload.parameters}
        return tuple(known.get(_plain(name), name) for name in names)

    def order(self, names: Sequence[str]) -> tuple[int | None, ...] | None:
        """Which of the arguments, named like this, stands at each position, None for null.

        None if the call without names could mean another overload, or if there is no such call.
        """
        named = [one for one in self.overloads if one.takes(len(names), names)]
        orders = {one.order(names) for one in named}
        order = orders.pop() if len(orders) == 1 else None
        if order is None or [one for one in self.overloads if one.takes(len(order), ())] != named:
            return None
        return order

    def _choose(self, arguments: Sequence[object], names: Sequence[str]) -> tuple[Overload, list[object]]:
        candidates = [overload for overload in self.overloads if overload.takes(len(arguments), names)]
        for overload in candidates:
            bound = overload.bind(arguments, names)
            if bound is not None:
                return overload, bound
        if not candidates:
            raise self.count_fault(len(arguments), names)
        nearest = max(candidates, key=lambda overload: overload.fitting(arguments, names))
        raise self._argument_fault(nearest, arguments, names)

    def count_fault(self, count: int, names: Sequence[str]) -> Fault:
        """What is wrong with a call that no overload takes."""
        forms = " · ".join(self.forms())
        if names:
            return Fault("feel.function.parameters", function=self.name, names=[*names], forms=forms)
        return Fault("feel.function.count", function=self.name, count=count, forms=forms)

    def forms(self) -> list[str]:
        """How the function is called, one line for each way; `?` may be left out, `…` may be repeated."""
        forms = [f"{self.name}({', '.join(map(str, overload.parameters))})" for overload in self.overloads]
        return [*dict.fromkeys(forms)]

    def _argument_fault(self, overload: Overload, arguments: Sequence[object], names: Sequence[str]) -> Fault:
        for parameter, value in zip(overload.placed(len(arguments), names), arguments, strict=True):
            if parameter.accept(value)[0]:
                continue
            if value is None:
                return Fault(
                    "feel.function.null-argument",
                    severity=Severity.WARNING,
                    function=self.name,
                    parameter=parameter.name,
                )
            return Fault(
                "feel.function.argument",
                function=self.name,
                parameter=parameter.name,
                value=shown(value),
                kind=kind_of(value),
            )
        return self.count_fault(len(arguments), names)


def call_value(
    machine: Machine, function: object, arguments: Sequence[object], names: Sequence[str] = ()
) -> object:
    """Call whatever value stands before the brackets; raises Fault."""
    if isinstance(function, BuiltIn):
        return function.call(machine, arguments, function.spelled(names))
    if isinstance(function, Lambda):
        return machine.call(function, _arrange(function, arguments, names))
    raise Fault("feel.function.not-callable", value=shown(function), kind=kind_of(function))


def _arrange(function: Lambda, arguments: Sequence[object], names: Sequence[str]) -> tuple[object, ...]:
    if len(arguments) != len(function.parameters) or (names and {*names} != {*function.parameters}):
        form = f"function({', '.join(function.parameters)})"
        raise Fault("feel.function.count", function="function", count=len(arguments), forms=form)
    if names:
        given = dict(zip(names, arguments, strict=True))
        arguments = [given[name] for name in function.parameters]
    return tuple(_fitted(function, i, value) for i, value in enumerate(arguments))


def _fitted(function: Lambda, index: int, value: object) -> object:
    kind = function.types[index]
    if kind is ANY or isinstance(kind, FunctionType):
        return value
    fits, coerced = coerce(value, kind)
    if not fits:
        raise Fault(
            "feel.function.argument",
            function=str(function),
            parameter=function.parameters[index],
            value=shown(value),
            kind=kind_of(value),
        )
    return coerced


def same_as(index: int) -> ResultRule:
    """A result of the same type as one of the arguments."""
    return lambda kinds: kinds[index] if index < len(kinds) else ANY
