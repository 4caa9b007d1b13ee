"""The third form of a compiled expression: one Python function, for what is evaluated again and again.

The function is built from our own nodes as Python's syntax tree (see `syntax`): no attribute is read, no
built-in of Python is within reach, every name is a local or one of `support`. The usual kinds of values are
computed in place; anything else calls the function that the closure of the node would have called, so both
forms give the same values, problems and limits.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import CodeType, FunctionType
from typing import Any, Final

from engine.rules.feel import nodes
from engine.rules.feel.analysis import Analysis
from engine.rules.feel.code import constructs, operators
from engine.rules.feel.code.emitter import CONTEXT, MACHINE, NOW, Emitter, Rule
from engine.rules.feel.code.support import EXHAUSTED, SUPPORT
from engine.rules.feel.code.syntax import NONE, Atom, assign, call, choose, identical, name
from engine.rules.feel.compiler import ClosureCompiler
from engine.rules.feel.limits import Limits
from engine.rules.feel.machine import Machine
from engine.rules.feel.nodes import Node
from engine.rules.feel.types import Scope
from engine.values import DateTime

Code = Callable[[Mapping[str, object], DateTime], Any]

RULES: Final[Mapping[type[Node], Rule]] = {
    nodes.NumberLiteral: operators.literal,
    nodes.StringLiteral: operators.literal,
    nodes.BooleanLiteral: lambda e, node: e.constant(node.value),
    nodes.NullLiteral: lambda _, __: NONE,
    nodes.TemporalLiteral: operators.temporal,
    nodes.Name: operators.name_of,
    nodes.Path: operators.path,
    nodes.Calculation: operators.calculation,
    nodes.Negation: operators.negation,
    nodes.Comparison: operators.comparison,
    nodes.And: operators.logic,
    nodes.Or: operators.logic,
    nodes.Between: operators.between,
    nodes.If: operators.choice,
    nodes.InstanceOf: operators.instance_of,
    nodes.In: constructs.membership,
    nodes.UnaryTests: constructs.unary_tests,
    nodes.RangeNode: constructs.range_,
    nodes.ListNode: constructs.list_,
    nodes.ContextNode: constructs.context,
    nodes.Filter: constructs.filter_,
    nodes.For: constructs.for_,
    nodes.Quantified: constructs.quantified,
    nodes.Call: constructs.call_,
}


Finish = Callable[[object, Machine, BaseException | None], Any]


def compile_code(
    node: Node,
    text: str,
    scope: Scope,
    analysis: Analysis,
    limits: Limits,
    result: tuple[type[tuple[object, ...]], Finish],
) -> Code | None:
    """The function `(context, now) -> result`; None where Python cannot hold so many nested blocks.

    result  the class of `(value, no problems)`, and what makes it of the value, the machine that was needed,
            and the fault that ended the evaluation
    """
    compiler = ClosureCompiler(text, scope, analysis, traced=False)
    emitter = Emitter(scope, analysis, limits, RULES, compiler.compile)
    value = emitter.emit(node)
    slots, (kind, finish) = compiler.slots, result

    def new(context: Mapping[str, object], now: DateTime) -> Machine:
        return Machine(context, now, slots, limits)

    own = {"new": new, "make": tuple.__new__, "Result": kind, "finish": finish, "EXHAUSTED": EXHAUSTED}
    return _function(_module(emitter, value), {**SUPPORT, **emitter.constants, **own, "__builtins__": {}})


def _function(tree: ast.Module, names: dict[str, Any]) -> Code | None:
    """The one function of a module, without running the module."""
    try:
        module = compile(tree, "<FEEL>", "exec", dont_inherit=True)
    except (SyntaxError, RecursionError, MemoryError):
        return None
    body = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
    return FunctionType(body, names)


def _module(emitter: Emitter, value: Atom) -> ast.Module:
    """`m` is the machine, which most evaluations do without."""
    machine, context, now = name(MACHINE), name(CONTEXT), name(NOW)
    quick = call("make", name("Result"), ast.Tuple([value, ast.Tuple([], ast.Load())], ast.Load()))
    whole = choose(identical(machine, NONE), quick, call("finish", value, machine, NONE))
    made = choose(identical(machine, NONE), call("new", context, now), machine)
    spent = ast.Return(call("finish", NONE, made, name("fault")))
    body = [*emitter.statements, ast.Return(whole)]
    guarded = ast.Try(body, [ast.ExceptHandler(name("EXHAUSTED"), "fault", [spent])], [], [])
    parameters = ast.arguments([], [ast.arg(CONTEXT), ast.arg(NOW)], None, [], [], None, [])
    function = ast.FunctionDef("evaluate", parameters, [assign(MACHINE, NONE), guarded], [], None)
    return ast.fix_missing_locations(ast.Module([function], []))
