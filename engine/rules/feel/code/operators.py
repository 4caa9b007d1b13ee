"""Names, paths, arithmetic, comparison and logic: the usual kinds in place, the rest by `support`."""

from __future__ import annotations

import ast
from typing import Final

from engine.rules.feel import nodes
from engine.rules.feel.binding import Found, Kind
from engine.rules.feel.code.emitter import CONTEXT, Emitter
from engine.rules.feel.code.syntax import (
    FALSE,
    NONE,
    TRUE,
    Atom,
    assign,
    attempt,
    both,
    call,
    choose,
    compare,
    either,
    identical,
    if_,
    name,
    named,
    subscript,
)
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.machine import Fault
from engine.rules.feel.nodes import Arithmetic, Node, Order
from engine.rules.feel.type_names import resolve
from engine.rules.feel.types import ANY, ContextType, item_type

_TESTS: Final[dict[Order, type[ast.cmpop]]] = {
    Order.EQUAL: ast.Eq,
    Order.NOT_EQUAL: ast.NotEq,
    Order.LESS: ast.Lt,
    Order.LESS_EQUAL: ast.LtE,
    Order.GREATER: ast.Gt,
    Order.GREATER_EQUAL: ast.GtE,
}
_WHOLE: Final[dict[Arithmetic, type[ast.operator]]] = {
    Arithmetic.ADD: ast.Add,
    Arithmetic.SUBTRACT: ast.Sub,
    Arithmetic.MULTIPLY: ast.Mult,
}
_DECIMAL: Final = {
    Arithmetic.ADD: "add",
    Arithmetic.SUBTRACT: "subtract",
    Arithmetic.MULTIPLY: "multiply",
    Arithmetic.DIVIDE: "divide",
}


def name_of(e: Emitter, node: nodes.Name) -> Atom:
    return _meaning(e, node, [*e.bindings.all(node.name)])


def _meaning(e: Emitter, node: nodes.Name, meanings: list[Found[str]]) -> Atom:
    """An entry of an item that is perhaps there, innermost first; else the name further out."""
    if not meanings:
        return _outer(e, node)
    found = meanings[0]
    if found.kind is Kind.ENTRY:
        return entry(e, name(found.value), node.name, node)
    if found.kind is Kind.NAME:
        return _partial(e, found.value, node) if node.name == "partial" else name(found.value)
    item, target = name(found.value), e.fresh()
    has = both(call("isinstance", item, name("dict")), compare(ast.Constant(node.name), (ast.In(), item)))
    with e.block() as otherwise:
        e.let(_meaning(e, node, meanings[1:]), target)
    e.add(if_(has, [assign(target, subscript(item, node.name))], otherwise))
    return name(target)


def _partial(e: Emitter, results: str, node: nodes.Name) -> Atom:
    return e.slow("partial_results", name(results), e.constant(node.span))


def _outer(e: Emitter, node: nodes.Name) -> Atom:
    if node.name not in e.scope.names:
        if node.name in FUNCTIONS:
            return e.constant(FUNCTIONS[node.name])
        if not e.scope.open:
            return failing(e, Fault("feel.name.unknown", name=node.name), node)
    target = e.fresh()
    read = assign(target, subscript(name(CONTEXT), node.name))
    absent = e.slowly("absent", ast.Constant(node.name), e.constant(node.span), target=target)
    e.add(attempt([read], "KeyError", absent))
    return name(target)


def failing(e: Emitter, fault: Fault, node: Node) -> Atom:
    return e.slow("failed", e.constant(fault), e.constant(node.span))


def entry(e: Emitter, target: Atom, key: str, node: Node) -> Atom:
    value = e.fresh()
    target = e.let(target) if isinstance(target, ast.Constant) else target
    slow = e.slowly("slow_path", target, ast.Constant(key), e.constant(node.span), target=value)
    e.add(attempt([assign(value, subscript(target, key))], "no_entry", slow))
    return name(value)


def literal(e: Emitter, node: nodes.NumberLiteral | nodes.StringLiteral) -> Atom:
    """A local, because Python warns of literals where a kind is asked for."""
    return e.let(e.constant(node.value))


def path(e: Emitter, node: nodes.Path) -> Atom:
    target = e.emit(node.target)
    kind = item_type(e.analysis.types.get(id(node.target), ANY))
    if isinstance(kind, ContextType) and not kind.open and node.name not in kind.fields:
        texts = (ast.Constant(node.name), ast.Constant(kind.name))
        return e.slow("unknown_entries", target, *texts, e.constant(node.span))
    return entry(e, target, node.name, node)


# arithmetic


def calculation(e: Emitter, node: nodes.Calculation) -> Atom:
    left, right = e.emit(node.left), e.emit(node.right)
    target = e.fresh()
    slow = e.slowly(
        "slow_calculation", e.constant(node.operator), left, right, e.constant(node.span), target=target
    )
    if node.operator not in _DECIMAL:
        e.add(*slow)
        return name(target)
    exact = assign(target, call(_DECIMAL[node.operator], left, right))
    numbers = both(_is_number(left), _is_number(right))
    decimal = if_(numbers, [attempt([exact], "ArithmeticError", slow)], slow)
    e.add(decimal if node.operator not in _WHOLE else _whole(node, left, right, target, slow, decimal))
    return name(target)


def _whole(
    node: nodes.Calculation, left: Atom, right: Atom, target: str, slow: list[ast.stmt], decimal: ast.stmt
) -> ast.stmt:
    """Whole numbers are computed by Python, as long as the result keeps 34 digits."""
    whole = identical(call("type", left), name("int"), call("type", right))
    result = assign(target, ast.BinOp(left, _WHOLE[node.operator](), right))
    bound = name("INT_BOUND")
    inside = compare(ast.UnaryOp(ast.USub(), bound), (ast.Lt(), name(target)), (ast.Lt(), bound))
    return if_(whole, [result, if_(ast.UnaryOp(ast.Not(), inside), slow, [])], [decimal])


def _is_number(value: Atom) -> ast.expr:
    kind = "t"
    return either(
        identical(named(kind, call("type", value)), name("int")), identical(name(kind), name("Decimal"))
    )


def negation(e: Emitter, node: nodes.Negation) -> Atom:
    if isinstance(node.operand, nodes.NumberLiteral):
        return e.constant(-node.operand.value)
    value, target = e.emit(node.operand), e.fresh()
    slow = e.slowly("negated", value, e.constant(node.span), target=target)
    whole = identical(call("type", value), name("int"))
    e.add(if_(whole, [assign(target, ast.UnaryOp(ast.USub(), value))], slow))
    return name(target)


# comparison


def comparison(e: Emitter, node: nodes.Comparison) -> Atom:
    left = e.emit(node.left)
    return ordered(e, node.operator, left, node.right, node)


def ordered(e: Emitter, operator: Order, left: Atom, right: Node, node: Node) -> Atom:
    """`left operator right`; a literal at the right needs only one look at a type."""
    if isinstance(right, nodes.NumberLiteral | nodes.StringLiteral):
        against = e.constant(right.value)
    else:
        against = e.emit(right)
    target = e.fresh()
    arguments = (e.constant(operator), left, against, e.constant(node.span))
    slow = e.slowly("slow_comparison", *arguments, target=target)
    fast = assign(target, compare(left, (_TESTS[operator](), against)))
    if isinstance(right, nodes.NumberLiteral):
        usual = _is_number(left)
    elif isinstance(right, nodes.StringLiteral):
        usual = identical(call("type", left), name("str"))
    else:
        plain = "PLAIN_EQUAL" if operator in (Order.EQUAL, Order.NOT_EQUAL) else "PLAIN"
        usual = same_kind(plain, left, against)
    e.add(if_(usual, [fast], slow))
    return name(target)


def same_kind(plain: str, first: Atom, *others: Atom) -> ast.expr:
    kind = named("t", call("type", first))
    alike = identical(kind, *(call("type", other) for other in others))
    return both(alike, compare(name("t"), (ast.In(), name(plain))))


def between(e: Emitter, node: nodes.Between) -> Atom:
    value, low, high = e.emit(node.value), e.emit(node.low), e.emit(node.high)
    target = e.fresh()
    slow = e.slowly("within", value, low, high, e.constant(node.span), target=target)
    inside = compare(low, (ast.LtE(), value), (ast.LtE(), high))
    e.add(if_(same_kind("PLAIN", value, low, high), [assign(target, inside)], slow))
    return name(target)


# logic


def logic(e: Emitter, node: nodes.And | nodes.Or) -> Atom:
    if isinstance(node, nodes.And) and len(node.operands) == 2:
        return _pair(e, node)
    target, unknown = e.fresh(), e.fresh()
    e.let(FALSE, unknown)
    decisive = FALSE if isinstance(node, nodes.And) else TRUE
    word = ast.Constant("and" if isinstance(node, nodes.And) else "or")
    _operands(e, node.operands, (target, unknown), decisive, word)
    return name(target)


def _operands(
    e: Emitter, operands: tuple[Node, ...], into: tuple[str, str], decisive: ast.Constant, word: ast.Constant
) -> None:
    """Each operand inside the branch in which those before it decided nothing."""
    target, unknown = into
    if not operands:
        e.let(choose(name(unknown), NONE, FALSE if decisive.value else TRUE), target)
        return
    value = e.emit(operands[0])
    with e.block() as rest:
        with e.block() as odd:
            e.add(ast.Expr(call("not_boolean", e.machine(), value, word, e.constant(operands[0].span))))
            e.let(TRUE, unknown)
        e.add(if_(compare(value, (ast.IsNot(), FALSE if decisive.value else TRUE)), odd, []))
        _operands(e, operands[1:], into, decisive, word)
    e.add(if_(identical(value, decisive), [assign(target, decisive)], rest))


def _pair(e: Emitter, node: nodes.And) -> Atom:
    """True and true, or one false, as nearly always; both operands are looked at before null is given."""
    first, second = node.operands
    left, target = e.emit(first), e.fresh()
    with e.block() as rest:
        right = e.emit(second)
        spans = (e.constant(first.span), e.constant(second.span))
        slow = e.slowly("both_operands", left, right, *spans, target=target)
        all_true = both(identical(left, TRUE), identical(right, TRUE))
        e.add(
            if_(
                identical(right, FALSE),
                [assign(target, FALSE)],
                [if_(all_true, [assign(target, TRUE)], slow)],
            )
        )
    e.add(if_(identical(left, FALSE), [assign(target, FALSE)], rest))
    return name(target)


def choice(e: Emitter, node: nodes.If) -> Atom:
    condition, target = e.emit(node.condition), e.fresh()
    with e.block() as then:
        e.let(e.emit(node.then), target)
    with e.block() as otherwise:
        with e.block() as odd:
            word, span = ast.Constant("if"), e.constant(node.condition.span)
            e.add(ast.Expr(call("not_boolean", e.machine(), condition, word, span)))
        e.add(if_(compare(condition, (ast.IsNot(), FALSE)), odd, []))
        e.let(e.emit(node.otherwise), target)
    e.add(if_(identical(condition, TRUE), then, otherwise))
    return name(target)


def instance_of(e: Emitter, node: nodes.InstanceOf) -> Atom:
    kind = resolve(node.type, e.scope)
    if kind is None:
        return failing(e, Fault("feel.type.unknown", name=node.type.name), node)
    return e.let(call("is_instance", e.emit(node.value), e.constant(kind)))


def temporal(e: Emitter, node: nodes.TemporalLiteral) -> Atom:
    if node.value is None:
        fault = Fault("feel.value.text", value=node.text[:60], kind="date, time or duration")
        return failing(e, fault, node)
    return e.constant(node.value)
