"""Tests, ranges, lists, contexts, filters, loops and calls in Python."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from functools import partial

from engine.rules.feel import nodes
from engine.rules.feel.calls import arranged, calls_built_in
from engine.rules.feel.code.emitter import Emitter, NotEmittedError
from engine.rules.feel.code.operators import ordered, same_kind
from engine.rules.feel.code.syntax import (
    FALSE,
    NONE,
    TRUE,
    Atom,
    assign,
    both,
    call,
    choose,
    compare,
    either,
    identical,
    if_,
    items,
    name,
)
from engine.rules.feel.folding import folded
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.nodes import Node, literal_position, reads_tested
from engine.rules.feel.types import ANY, NUMBER, item_type

# tests


def membership(e: Emitter, node: nodes.In) -> Atom:
    value = e.emit(node.value)
    return _one_of(e, [partial(_test, e, test, value) for test in node.tests])


def unary_tests(e: Emitter, node: nodes.UnaryTests) -> Atom:
    tested = nodes.Name(node.span, "?")
    verdict = _one_of(e, [partial(_cell, e, test, tested) for test in node.tests])
    if not node.negated:
        return verdict
    return e.let(choose(identical(verdict, TRUE), FALSE, choose(identical(verdict, FALSE), TRUE, NONE)))


def _one_of(e: Emitter, tests: Sequence[Callable[[], Atom]]) -> Atom:
    """True when one test holds; else null if one is null; else false."""
    if len(tests) == 1:
        return tests[0]()
    target, unknown = e.fresh(), e.fresh()
    e.let(FALSE, unknown)
    _tests(e, tests, target, unknown)
    return name(target)


def _tests(e: Emitter, tests: Sequence[Callable[[], Atom]], target: str, unknown: str) -> None:
    if not tests:
        e.let(choose(name(unknown), NONE, FALSE), target)
        return
    value = tests[0]()
    with e.block() as rest:
        e.add(if_(identical(value, NONE), [assign(unknown, TRUE)], []))
        _tests(e, tests[1:], target, unknown)
    e.add(if_(identical(value, TRUE), [assign(target, TRUE)], rest))


def _cell(e: Emitter, test: Node, tested: nodes.Name) -> Atom:
    if isinstance(test, nodes.AnyTest):
        return TRUE
    if isinstance(test, nodes.UnaryComparison) or not reads_tested(test):
        return _test(e, test, e.emit(tested))
    verdict, target = e.emit(test), e.fresh()
    with e.block() as compared:
        e.slow("member", e.emit(tested), verdict, e.constant(test.span), target=target)
    is_verdict = either(identical(verdict, TRUE), identical(verdict, FALSE))
    e.add(if_(is_verdict, [assign(target, verdict)], compared))
    return name(target)


def _test(e: Emitter, test: Node, value: Atom) -> Atom:
    if isinstance(test, nodes.UnaryComparison):
        return ordered(e, test.operator, value, test.operand, test)
    if isinstance(test, nodes.StringLiteral):
        return _equals(e, test, value)
    if isinstance(test, nodes.RangeNode) and not test.operator:
        return _inside(e, test, value)
    return e.slow("member", value, e.emit(test), e.constant(test.span))


def _equals(e: Emitter, test: nodes.StringLiteral, value: Atom) -> Atom:
    target, against = e.fresh(), e.constant(test.value)
    slow = e.slowly("member", value, against, e.constant(test.span), target=target)
    equal = compare(value, (ast.Eq(), against))
    e.add(if_(identical(call("type", value), name("str")), [assign(target, equal)], slow))
    return name(target)


def _inside(e: Emitter, test: nodes.RangeNode, value: Atom) -> Atom:
    """Between two ends that are in order, without making the range."""
    if test.low is None or test.high is None:
        raise NotEmittedError
    low, high, target = e.emit(test.low), e.emit(test.high), e.fresh()
    with e.block() as slow:
        whole = e.slow("made_range", low, high, *_form(e, test))
        e.slow("member", value, whole, e.constant(test.span), target=target)
    above = ast.LtE() if test.low_included else ast.Lt()
    below = ast.LtE() if test.high_included else ast.Lt()
    fast = assign(target, compare(low, (above, value), (below, high)))
    in_order = compare(low, (ast.LtE(), high))
    e.add(if_(both(same_kind("PLAIN", value, low, high), in_order), [fast], slow))
    return name(target)


def _form(e: Emitter, node: nodes.RangeNode) -> tuple[ast.expr, ...]:
    included = e.constant((node.low_included, node.high_included))
    return included, ast.Constant(node.operator), e.constant(node.span)


def range_(e: Emitter, node: nodes.RangeNode) -> Atom:
    low = e.emit(node.low) if node.low else NONE
    high = low if node.high is node.low else (e.emit(node.high) if node.high else NONE)
    return e.slow("made_range", low, high, *_form(e, node))


# lists and contexts


def _spend(e: Emitter, steps: ast.expr, node: Node) -> None:
    e.add(ast.Expr(call("spend", e.machine(), steps, e.constant(node.span))))


def list_(e: Emitter, node: nodes.ListNode) -> Atom:
    _spend(e, ast.Constant(len(node.items)), node)
    return e.let(items([e.emit(item) for item in node.items]))


def context(e: Emitter, node: nodes.ContextNode) -> Atom:
    keys = [entry.key for entry in node.entries]
    if len(set(keys)) < len(keys):
        raise NotEmittedError
    _spend(e, ast.Constant(len(keys)), node)
    depth, values = len(e.bindings), list[ast.expr]()
    for entry in node.entries:
        value = e.let(e.emit(entry.value))
        e.bindings.name(entry.key, value.id)
        values.append(value)
    e.bindings.cut(depth)
    return e.let(ast.Dict([ast.Constant(key) for key in keys], values))


def filter_(e: Emitter, node: nodes.Filter) -> Atom:
    value, span = e.emit(node.target), e.constant(node.span)
    position = literal_position(node.condition)
    if position is not None:
        return e.slow("at_position", value, ast.Constant(position), span)
    rows, item, target = e.let(call("items_of", value)), e.fresh(), e.fresh()
    depth = len(e.bindings)
    e.bindings.items(item_type(e.analysis.types.get(id(node.target), ANY)), item)
    if e.analysis.types.get(id(node.condition)) is NUMBER:
        e.let(call("first_of", rows), item)
        condition = e.emit(node.condition)
        e.slow("by_position", rows, condition, span, target=target)
    else:
        _filtered(e, node, (rows, item, target), span)
    e.bindings.cut(depth)
    return name(target)


def _filtered(e: Emitter, node: nodes.Filter, parts: tuple[ast.Name, str, str], span: Atom) -> None:
    rows, item, target = parts
    with e.block() as filled:
        _spend(e, ast.BinOp(call("len", rows), ast.Add(), ast.Constant(1)), node)
        e.let(items([]), target)
        with e.block() as turn:
            verdict = e.emit(node.condition)
            kept = ast.Expr(call("append", name(target), name(item)))
            odd = [*e.slowly("unusual_verdict", rows, verdict, span, target=target), ast.Break()]
            skipped = either(identical(verdict, FALSE), identical(verdict, NONE))
            unusual = if_(ast.UnaryOp(ast.Not(), skipped), odd, [])
            e.add(if_(identical(verdict, TRUE), [kept], [unusual]))
        e.add(ast.For(ast.Name(item, ast.Store()), rows, turn, []))
    e.add(if_(rows, filled, [assign(target, rows)]))


# loops


def for_(e: Emitter, node: nodes.For) -> Atom:
    target, ended = e.let(items([])), e.let(FALSE)
    depth = len(e.bindings)

    def turn() -> None:
        e.bindings.name("partial", target.id)
        value = e.emit(node.body)
        e.add(ast.Expr(call("append", target, value)))
        length = call("len", target)
        with e.block() as stop:
            e.add(ast.Expr(call("too_long", e.machine(), length, e.constant(node.span))))
            e.add(assign(ended.id, TRUE), ast.Break())
        e.add(if_(compare(length, (ast.Gt(), ast.Constant(e.limits.list_length))), stop, []))

    _loops(e, node.loops, ended.id, turn)
    e.bindings.cut(depth)
    return e.let(choose(ended, NONE, target))


def quantified(e: Emitter, node: nodes.Quantified) -> Atom:
    decisive, otherwise = (FALSE, TRUE) if node.every else (TRUE, FALSE)
    verdict, unknown, ended = e.let(otherwise), e.let(FALSE), e.let(FALSE)
    depth = len(e.bindings)

    def turn() -> None:
        value = e.emit(node.condition)
        found = [assign(verdict.id, decisive), assign(ended.id, TRUE), ast.Break()]
        odd = if_(compare(value, (ast.IsNot(), otherwise)), [assign(unknown.id, TRUE)], [])
        e.add(if_(identical(value, decisive), found, [odd]))

    _loops(e, node.loops, ended.id, turn)
    e.bindings.cut(depth)
    undecided = choose(either(ended, unknown), NONE, otherwise)
    return e.let(choose(identical(verdict, decisive), decisive, undecided))


def _loops(e: Emitter, loops: tuple[nodes.Loop, ...], ended: str, turn: Callable[[], None]) -> None:
    """All loops inside each other; `ended` leaves them all, also when one has nothing to run over."""
    if not loops:
        turn()
        return
    loop, item = loops[0], e.fresh()
    rows = _domain(e, loop)
    e.bindings.name(loop.name, item)
    with e.block() as body:
        _loops(e, loops[1:], ended, turn)
        if len(loops) > 1:
            e.add(if_(name(ended), [ast.Break()], []))
    run = ast.For(ast.Name(item, ast.Store()), rows, body, [])
    e.add(if_(identical(rows, NONE), [assign(ended, TRUE)], [run]))


def _domain(e: Emitter, loop: nodes.Loop) -> ast.Name:
    source, span = e.emit(loop.source), e.constant(loop.span)
    if loop.end is not None:
        source = e.let(call("Range", source, e.emit(loop.end)))
    return e.slow("domain_items", source, span)


# calls


def call_(e: Emitter, node: nodes.Call) -> Atom:
    if not isinstance(node.function, nodes.Name):
        raise NotEmittedError
    called = node.function.name
    if called not in FUNCTIONS or not calls_built_in(called, e.bindings.find(called) is not None, e.scope):
        raise NotEmittedError
    node = arranged(FUNCTIONS[called], node)
    constant = folded(node)
    if constant is not None:
        return e.constant(constant.value)
    _spend(e, ast.Constant(1), node)
    arguments = items([e.emit(argument) for argument in node.arguments])
    parts = (e.constant(FUNCTIONS[called]), arguments, e.constant(node.names), e.constant(node.span))
    return e.slow("call_built_in", *parts)
