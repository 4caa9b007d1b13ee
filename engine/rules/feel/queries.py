"""Lifting (SEMANTICS §4): what an expression asks of stored records becomes named queries, the rest is pure.

`count(records("visit")[customer = record and at > today()])` reads the name `query 1`; the runtime answers
every query of `Compiled.queries` first and evaluates with the answers in the context, by these names.
Paths through relations are answered the same way: `Compiled.paths` names them (at most three hops).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final

from engine.problems import Problem, Span
from engine.rules.feel import nodes
from engine.rules.feel.analysis import Analysis, analyse
from engine.rules.feel.nodes import Node, children
from engine.rules.feel.types import ANY, BOOLEAN, NUMBER, ContextType, FeelType, Scope


class Aggregate(StrEnum):
    """One value over all rows; sum, min and max of no rows are null, count is 0, exists is false."""

    COUNT = "count"
    SUM = "sum"
    MIN = "min"
    MAX = "max"
    EXISTS = "exists"


@dataclass(frozen=True, slots=True)
class Query:
    """name        under which the rest of the expression reads the answer
    form        key of the form whose records are asked, under the authority of the whole expression
    where       condition over one record; its names are fields of the form or parameters; None = all
    field       what is summed or compared; "" for count and exists
    parameters  the parts of the condition that read no field of the row, by name; each is evaluated first,
                as an expression of its own in the scope of the whole (its text is that of the node's span)
    type        of the answer
    """

    name: str
    form: str
    aggregate: Aggregate
    where: Node | None
    field: str
    parameters: Mapping[str, Node]
    type: FeelType
    span: Span

    @property
    def condition(self) -> Node | None:
        """`where` as it was written, its parameters back in their places."""
        return None if self.where is None else _restored(self.where, self.parameters)


@dataclass(frozen=True, slots=True)
class Lifted:
    node: Node
    queries: tuple[Query, ...]
    problems: tuple[Problem, ...]


_PLAIN: Final = (nodes.NumberLiteral, nodes.StringLiteral, nodes.BooleanLiteral, nodes.NullLiteral)
_LOCAL: Final = (nodes.For, nodes.Quantified, nodes.FunctionDefinition, nodes.Filter, nodes.ContextNode)


def asks_records(text: str) -> bool:
    """Whether a text may ask for records at all; most do not, and need no `Scope.records`."""
    return "records" in text


def lift(node: Node, records: Mapping[str, ContextType]) -> Lifted:
    """The expression with its queries taken out. What cannot be lifted stays, and is a problem.

    records  the forms that may be asked, with the types of their fields
    """
    lifter = _Lifter(records)
    rest = lifter.rewrite(node)
    return Lifted(rest, tuple(lifter.queries), tuple(lifter.problems))


def with_queries(analysis: Analysis, lifted: Lifted, scope: Scope) -> Analysis:
    """The analysis of the rest and of its queries: what parameters read, what conditions get wrong."""
    problems, paths = [*analysis.problems, *lifted.problems], {*analysis.paths}
    clock = analysis.reads_clock
    for query in lifted.queries:
        names = dict(scope.records[query.form].fields)
        paths.discard((query.name,))
        for name, node in query.parameters.items():
            given = analyse(node, scope)
            names[name] = given.type
            problems += given.problems
            paths |= given.paths
            clock = clock or given.reads_clock
        if query.where is not None:
            problems += analyse(query.where, Scope(names, types=scope.types)).problems
    return replace(analysis, problems=tuple(problems), paths=frozenset(paths), reads_clock=clock)


class _Lifter:
    def __init__(self, records: Mapping[str, ContextType]) -> None:
        self.records = records
        self.queries: list[Query] = []
        self.problems: list[Problem] = []

    def rewrite(self, node: Node) -> Node:
        if isinstance(node, nodes.Call):
            query = self._query(node)
            if query is not None:
                self.queries.append(query)
                return nodes.Name(node.span, query.name)
            if _is_records(node):
                self.problems.append(Problem("feel.query.shape", span=node.span))
                return nodes.NullLiteral(node.span)
        return _with(node, self.rewrite)

    def _query(self, node: nodes.Call) -> Query | None:
        name = _called(node)
        if name not in {str(one) for one in Aggregate} or len(node.arguments) != 1:
            return None
        source: Node = node.arguments[0]
        field = ""
        if isinstance(source, nodes.Path):
            field = source.name
            source = source.target
        where = source.condition if isinstance(source, nodes.Filter) else None
        rows = source.target if isinstance(source, nodes.Filter) else source
        form = _form_of(rows)
        aggregate = Aggregate(name)
        needs_field = aggregate not in (Aggregate.COUNT, Aggregate.EXISTS)
        if form not in self.records or bool(field) != needs_field:
            return None
        kind = self.records[form]
        if (needs_field and field not in kind.fields) or (where is not None and _has_locals(where)):
            return None
        parameters: dict[str, Node] = {}
        asked = None if where is None else _parametrised(where, kind, parameters, len(self.queries) + 1)
        title = f"query {len(self.queries) + 1}"
        result = _type(aggregate, kind.fields.get(field, ANY))
        return Query(title, form, aggregate, asked, field, parameters, result, node.span)


def _type(aggregate: Aggregate, field: FeelType) -> FeelType:
    if aggregate is Aggregate.EXISTS:
        return BOOLEAN
    return NUMBER if aggregate is Aggregate.COUNT else field


def _called(node: nodes.Call) -> str:
    return node.function.name if isinstance(node.function, nodes.Name) else ""


def _is_records(node: Node) -> bool:
    return isinstance(node, nodes.Call) and _called(node) == "records"


def _form_of(node: Node) -> str:
    if isinstance(node, nodes.Call) and _is_records(node) and len(node.arguments) == 1:
        key = node.arguments[0]
        return key.value if isinstance(key, nodes.StringLiteral) else ""
    return ""


def _has_locals(node: Node) -> bool:
    """Whether the condition binds names of its own or asks again, which one statement cannot."""
    return any(isinstance(one, _LOCAL) or _is_records(one) for one in nodes.walk(node))


def _parametrised(node: Node, kind: ContextType, parameters: dict[str, Node], query: int) -> Node:
    """The condition in which each largest part without a field of the row is a parameter."""
    if isinstance(node, _PLAIN):
        return node
    if not _reads_row(node, kind) and not isinstance(node, nodes.UnaryComparison | nodes.RangeNode):
        name = f"query {query} parameter {len(parameters) + 1}"
        parameters[name] = node
        return nodes.Name(node.span, name)
    if isinstance(node, nodes.Path):
        return node
    if isinstance(node, nodes.Call):
        given = tuple(_parametrised(one, kind, parameters, query) for one in node.arguments)
        return replace(node, arguments=given)
    return _with(node, lambda child: _parametrised(child, kind, parameters, query))


def _restored(node: Node, parameters: Mapping[str, Node]) -> Node:
    if isinstance(node, nodes.Name):
        return parameters.get(node.name, node)
    return _with(node, lambda child: _restored(child, parameters))


def _reads_row(node: Node, kind: ContextType) -> bool:
    if isinstance(node, nodes.Name):
        return node.name in kind.fields or node.name == "item"
    if isinstance(node, nodes.Call) and isinstance(node.function, nodes.Name):
        return any(_reads_row(argument, kind) for argument in node.arguments)
    return any(_reads_row(child, kind) for child in children(node))


def _with(node: Node, change: Any) -> Node:
    """The node with every node directly below it changed."""
    changed: dict[str, Any] = {}
    for part in fields(node):
        value = getattr(node, part.name)
        if isinstance(value, Node):
            changed[part.name] = change(value)
        elif isinstance(value, tuple) and any(isinstance(item, Node) for item in value):
            changed[part.name] = tuple(change(item) if isinstance(item, Node) else item for item in value)
    return replace(node, **changed) if changed else node
