"""Calls of built-in functions before evaluation: how many arguments, their names, types and order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.problems import Problem
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.functions.signature import BuiltIn, Overload, Parameter
from engine.rules.feel.nodes import Call, Name, NullLiteral, StringLiteral
from engine.rules.feel.types import (
    ANY,
    NULL,
    TYPE_OF_CLASS,
    FeelType,
    FunctionType,
    ListType,
    Scope,
    conforms,
)
from engine.values import duration_from_text


def arranged(function: BuiltIn, node: Call) -> Call:
    """The call with its named arguments at their positions, or, where that could mean another, by name."""
    if not node.names:
        return node
    names = function.spelled(node.names)
    order = function.order(names)
    if order is None:
        return replace(node, names=names)
    arguments = tuple(NullLiteral(node.span) if at is None else node.arguments[at] for at in order)
    return replace(node, arguments=arguments, names=())


def check_call(
    function: BuiltIn, node: Call, kinds: Sequence[FeelType]
) -> tuple[tuple[Problem, ...], FeelType]:
    """Problems of the call, and the type of its result."""
    node = replace(node, names=function.spelled(node.names))
    candidates = [one for one in function.overloads if one.takes(len(node.arguments), node.names)]
    if not candidates:
        fault = function.count_fault(len(node.arguments), node.names)
        return (Problem(fault.code, params=fault.params, span=node.span),), ANY
    for overload in candidates:
        if _misfit(overload, node, kinds) is None:
            return (), _literal_duration(node) or _result(overload, node, kinds)
    problem = (
        _misfit(candidates[0], node, kinds) if len(candidates) == 1 else _no_overload(function, node, kinds)
    )
    return (problem,) if problem else (), ANY


def _literal_duration(node: Call) -> FeelType | None:
    """`duration("P1D")`: its text decides which of the two kinds of duration it is."""
    if not isinstance(node.function, Name) or node.function.name != "duration":
        return None
    text = node.arguments[0]
    return (
        TYPE_OF_CLASS.get(type(duration_from_text(text.value))) if isinstance(text, StringLiteral) else None
    )


def _result(overload: Overload, node: Call, kinds: Sequence[FeelType]) -> FeelType:
    """Known only where the arguments' types are; an unknown argument may choose another overload."""
    if not callable(overload.result):
        return overload.result
    return overload.result(kinds) if not node.names else ANY


def _misfit(overload: Overload, node: Call, kinds: Sequence[FeelType]) -> Problem | None:
    by_name = {parameter.name: parameter for parameter in overload.parameters}
    for index, kind in enumerate(kinds):
        last = len(overload.parameters) - 1
        parameter = by_name[node.names[index]] if node.names else overload.parameters[min(index, last)]
        if not _may_fit(kind, parameter):
            params = {"parameter": parameter.name, "kind": str(kind), "wanted": _wanted(parameter)}
            return Problem("feel.type.argument", params=params, span=node.arguments[index].span)
    return None


def _wanted(parameter: Parameter) -> str:
    return " | ".join(str(kind) for kind in parameter.kinds)


def _no_overload(function: BuiltIn, node: Call, kinds: Sequence[FeelType]) -> Problem:
    given = ", ".join(map(str, kinds))
    params = {"function": function.name, "given": given, "forms": " · ".join(function.forms())}
    return Problem("feel.type.overload", params=params, span=node.span)


def _may_fit(kind: FeelType, parameter: Parameter) -> bool:
    """Whether some value of that type is accepted, by coercion too; null is left to evaluation."""
    if kind in (ANY, NULL) or not parameter.kinds:
        return True
    return any(_may_be(kind, wanted) for wanted in parameter.kinds)


def _may_be(kind: FeelType, wanted: FeelType) -> bool:
    if isinstance(wanted, ListType):
        return True
    if isinstance(kind, ListType):
        return kind.item is ANY or _may_be(kind.item, wanted)
    if kind.name == "date" and wanted.name == "date and time":
        return True
    return kind.name == wanted.name or conforms(kind, wanted)


def calls_built_in(name: str, is_local: bool, scope: Scope) -> bool:
    """Before a bracket a name is the built-in function, unless it is declared to hold a function.

    A field may be called `count`; `count(…)` is still the function (SEMANTICS §2).
    """
    if name in FUNCTIONS:
        return not is_local and not isinstance(scope.names.get(name), FunctionType)
    return not is_local and name not in scope.names and not scope.open
