"""A deployable file to a `Graph`: expressions are compiled, field names checked, indexes given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from engine.flows.graph import NO_EDGE, Edge, Graph, GraphNode, NodeKind
from engine.flows.model import Category, Expression, FlowNode, Outcome, ProcessModel, Reading, ServiceType
from engine.flows.rule import WORK_ACTIONS, ApprovalRule, Resolver, ResolverKind, TaskKind
from engine.keys import nearest
from engine.problems import Problem, errors
from engine.rules.feel import Compiled, Scope, compile_expression
from engine.rules.feel.types import ANY, BOOLEAN, CONTEXT, DATE_TIME, NUMBER, ContextType, SelectType

PLAIN_TASK: Final = ApprovalRule(
    TaskKind.WORK, "any", (Resolver(ResolverKind.INITIATOR),), actions=WORK_ACTIONS
)
"""The rule of a user task that names nobody: the initiator does it."""

_KINDS: Final[Mapping[str, NodeKind]] = MappingProxyType(
    {
        "startEvent": NodeKind.START,
        "endEvent": NodeKind.END,
        "task": NodeKind.PASS,
        "manualTask": NodeKind.PASS,
        "userTask": NodeKind.USER,
        "exclusiveGateway": NodeKind.EXCLUSIVE,
        "parallelGateway": NodeKind.PARALLEL,
    }
)
_SERVICES: Final[Mapping[ServiceType, NodeKind]] = MappingProxyType(
    {
        ServiceType.RECORD_PATCH: NodeKind.PATCH,
        ServiceType.SET_STATUS: NodeKind.STATUS,
        ServiceType.JOB: NodeKind.JOB,
    }
)


@dataclass(frozen=True, slots=True)
class CompiledFlow:
    """A graph, or None and the errors for which there is none; warnings come with a graph."""

    graph: Graph | None
    problems: tuple[Problem, ...]


def compile_flow(reading: Reading, scope: Scope, process: str = "") -> CompiledFlow:
    """Compile one executable process of a deployable file; anything else has no graph.

    scope    the form's fields by name, `record`, `initiator` and `user`; `nodes` and `vars` are added here
    process  id of the process; may be left out when the file has one executable process
    """
    model = reading.model
    if model is None or reading.outcome is not Outcome.DEPLOYABLE:
        return CompiledFlow(None, reading.problems)
    chosen = [one for one in model.executable if process in {"", one.id}]
    if len(chosen) != 1:
        names = tuple(one.id for one in model.executable)
        problem = Problem("flow.process.choose", params={"process": process, "names": names})
        return CompiledFlow(None, (problem.within(document=model.name),))
    compiler = _Compiler(chosen[0], scope)
    graph = compiler.graph()
    problems = tuple(problem.within(document=model.name) for problem in compiler.problems)
    return CompiledFlow(None if errors(problems) else graph, problems)


def flow_scope(process: ProcessModel, scope: Scope) -> Scope:
    """The names every expression of the process may use."""
    results = {key: _result_type(node) for key, node in process.nodes.items() if node.kind == "userTask"}
    names = {
        "initiator": CONTEXT,
        "user": CONTEXT,
        **scope.names,
        "nodes": ContextType(fields=results),
        "vars": ContextType(fields=dict.fromkeys(_given(process), ANY)),
    }
    return replace(scope, names=names)


def _given(process: ProcessModel) -> tuple[str, ...]:
    """The names under which jobs give their results."""
    services = (node.service for node in process.nodes.values())
    return tuple(service.result for service in services if service is not None and service.result)


def _result_type(node: FlowNode) -> ContextType:
    actor = ContextType(fields={"id": NUMBER})
    return ContextType(fields={"outcome": _outcome_type(node), "actor": actor, "at": DATE_TIME})


def _outcome_type(node: FlowNode) -> SelectType:
    return SelectType(keys=tuple(action.outcome for action in (node.rule or PLAIN_TASK).actions))


class _Compiler:
    """One compilation; grows `problems`."""

    def __init__(self, process: ProcessModel, scope: Scope) -> None:
        self.process = process
        self.scope = flow_scope(process, scope)
        self.problems: list[Problem] = []
        self._node_index = {key: index for index, key in enumerate(process.nodes)}
        self._edge_index = {key: index for index, key in enumerate(process.flows)}

    def graph(self) -> Graph:
        edges = tuple(self._edges())
        nodes = tuple(self._node(node, edges) for node in self.process.nodes.values())
        settings = self.process.settings
        when = settings.when if settings else None
        withdrawn = settings.withdraw.values if settings else {}
        self._check_names(withdrawn, self.process.id, self.process.line)
        return Graph(
            process=self.process.id,
            label=self.process.label,
            nodes=nodes,
            edges=edges,
            start=next(node.index for node in nodes if node.kind is NodeKind.START),
            by_id=MappingProxyType(self._node_index),
            tasks=tuple(node.id for node in nodes if node.kind is NodeKind.USER),
            vars=_given(self.process),
            settings=settings,
            when=self._condition(when, self.process.id, self.scope) if when else None,
            withdrawn={
                key: self._compile(value, self.process.id, self.scope) for key, value in withdrawn.items()
            },
        )

    def _edges(self) -> Iterator[Edge]:
        for index, flow in enumerate(self.process.flows.values()):
            source = self.process.nodes[flow.source]
            condition = flow.condition if flow.id != source.default else None
            scope = self._with_outcome(source) if source.kind == "userTask" else self.scope
            yield Edge(
                index=index,
                id=flow.id,
                label=flow.label,
                source=self._node_index[flow.source],
                target=self._node_index[flow.target],
                condition=self._condition(condition, flow.id, scope) if condition else None,
            )

    def _with_outcome(self, node: FlowNode) -> Scope:
        """Flows out of a user task read its outcome by the bare name `outcome`."""
        return replace(self.scope, names={**self.scope.names, "outcome": _outcome_type(node)})

    def _node(self, node: FlowNode, edges: tuple[Edge, ...]) -> GraphNode:
        self._check_fields(node)
        values = node.service.values.items() if node.service else ()
        kind = self._kind(node)
        return GraphNode(
            index=self._node_index[node.id],
            id=node.id,
            kind=kind,
            label=node.label,
            incoming=tuple(self._edge_index[flow] for flow in node.incoming),
            out=tuple(self._edge_index[flow] for flow in node.outgoing),
            default=self._edge_index.get(node.default, NO_EDGE),
            rule=(node.rule or PLAIN_TASK) if kind is NodeKind.USER else None,
            service=node.service,
            values={key: self._compile(value, node.id, self.scope) for key, value in values},
            outcome=node.outcome,
            reject_drawn=kind is NodeKind.USER and self._reject_drawn(node, edges),
        )

    def _kind(self, node: FlowNode) -> NodeKind:
        if node.service is not None:
            return _SERVICES[node.service.type]
        return NodeKind.TERMINATE if "terminate" in node.events else _KINDS[node.kind]

    def _reject_drawn(self, node: FlowNode, edges: tuple[Edge, ...]) -> bool:
        """Whether its own out-flows, or the exclusive gateway directly behind, ask for the node's outcome."""
        out = [edges[self._edge_index[flow]] for flow in node.outgoing]
        if any(_reads(edge, ("outcome",), ("nodes", node.id)) for edge in out):
            return True
        behind = [self.process.nodes[self.process.flows[flow].target] for flow in node.outgoing]
        if len(behind) != 1 or behind[0].kind != "exclusiveGateway":
            return False
        return any(_reads(edges[self._edge_index[flow]], ("nodes", node.id)) for flow in behind[0].outgoing)

    def _condition(self, expression: Expression, at: str, scope: Scope) -> Compiled:
        compiled = self._compile(expression, at, scope)
        if not errors(compiled.problems) and compiled.type not in {BOOLEAN, ANY}:
            params = {"line": expression.line, "text": expression.text, "type": str(compiled.type)}
            self.problems.append(Problem("flow.condition.not-boolean", at, params))
        return compiled

    def _compile(self, expression: Expression, at: str, scope: Scope) -> Compiled:
        compiled = compile_expression(expression.text, scope)
        for problem in compiled.problems:
            params = {"line": expression.line, **problem.params}
            self.problems.append(replace(problem, at=at, params=params))
        return compiled

    def _check_fields(self, node: FlowNode) -> None:
        self._check_names(_fields_named(node), node.id, node.line)

    def _check_names(self, names: Iterable[str], at: str, line: int) -> None:
        record = self.scope.names.get("record")
        if not isinstance(record, ContextType) or record.open:
            return
        for name in names:
            first = name.partition(".")[0]
            if first not in record.fields:
                params = {
                    "line": line,
                    "category": str(Category.STRUCTURE),
                    "field": name,
                    "nearest": nearest(first, record.fields) or "-",
                }
                self.problems.append(Problem("flow.field.unknown", at, params))


def _reads(edge: Edge, *prefixes: tuple[str, ...]) -> bool:
    paths: Iterable[tuple[str, ...]] = edge.condition.paths if edge.condition else ()
    return any(path[: len(prefix)] == prefix for path in paths for prefix in prefixes)


def _fields_named(node: FlowNode) -> Iterator[str]:
    """The record's fields that the node names outside expressions."""
    if node.service is not None and node.service.type is ServiceType.RECORD_PATCH:
        yield from node.service.values
    if node.rule is not None:
        yield from node.rule.fields.fields
        for resolver in node.rule.who + node.rule.empty_users:
            if resolver.kind is ResolverKind.FIELD:
                yield resolver.ref
            if resolver.of:
                yield resolver.of
