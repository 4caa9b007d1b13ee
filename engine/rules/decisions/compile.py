"""A model with those it imports, compiled: every element a node that can be evaluated, after its needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

from engine.problems import Problem
from engine.rules.decisions.boxed import Compiler, fitted, function_value
from engine.rules.decisions.evaluation import NO_NAMES, Frame, Node, Outcome, called
from engine.rules.decisions.graph import Graph, Key, Need, unknown_name
from engine.rules.decisions.model import (
    Decision,
    DecisionService,
    DecisionTable,
    DrgElement,
    FunctionDefinition,
    InputData,
    KnowledgeModel,
    Model,
)
from engine.rules.decisions.parts import DecisionMachine, Part, Run, nothing
from engine.rules.decisions.quick import Prepared, quick_table
from engine.rules.decisions.table import CompiledTable, TableCompiler
from engine.rules.decisions.types import ANYTHING, Typed, TypeTable, plain
from engine.rules.feel import ANY, ContextType, FeelType, FunctionType, Result, Scope
from engine.values import DateTime


@dataclass(frozen=True, slots=True, eq=False)
class CompiledDecisions:
    """problems  of the model and of those it imports, all at once
    nodes     elements that can be evaluated
    tables    by id of the table element
    """

    model: Model
    problems: tuple[Problem, ...]
    nodes: Mapping[Key, Node]
    tables: Mapping[str, CompiledTable]

    def find(self, name: str) -> Node | None:
        """The element of that id, else the decision, service or knowledge model of that name."""
        node = self.nodes.get((self.model.namespace, name))
        if node is not None:
            return node
        found = [one for key, one in self.nodes.items() if key[0] == self.model.namespace]
        return next((one for one in found if name in (one.element.name, one.name)), None)

    def evaluate(self, name: str, inputs: Mapping[str, object], now: DateTime) -> Outcome:
        """What the decision, service or knowledge model gives for `inputs` (names to FEEL values).

        Never raises for any values; null and an error among the problems is a failure.
        """
        node = self.find(name)
        if node is None:
            return Outcome(None, (unknown_name(name, (one.element.name for one in self.nodes.values())),))
        frame = Frame(self.nodes, inputs, now)
        function = node.function
        value = frame.value(node.key) if function is None else called(frame, node, function)
        return Outcome(value, tuple(frame.problems), tuple(frame.trace))

    def prepared(self, name: str) -> Prepared:
        """The same meaning without a trace, for what is evaluated again and again.

        A table over input data whose cells are constant becomes look-ups in its index.
        """
        node = self.find(name)
        quick = None if node is None or node.key[0] != self.model.namespace else self._quick(node)
        return quick or self._plain(name)

    def _plain(self, name: str) -> Prepared:
        def evaluated(inputs: Mapping[str, object], now: DateTime) -> Result:
            value, problems, _ = self.evaluate(name, inputs, now)
            return Result(value, problems)

        return evaluated

    def _quick(self, node: Node) -> Prepared | None:
        element = node.element
        if not isinstance(element, Decision) or not isinstance(element.expression, DecisionTable):
            return None
        classes: dict[str, frozenset[type] | None] = {}
        for need in node.needs:
            given = self.nodes[need.key]
            if need.prefix or not isinstance(given.element, InputData):
                return None
            classes[given.name] = None if given.typed is ANYTHING else given.typed.classes
        table = self.tables[element.expression.id]
        return quick_table(table, classes, node.typed, self._plain(node.key[1]))


def compile_decisions(model: Model, imports: Iterable[Model] = ()) -> CompiledDecisions:
    """Compile a model together with all models that it, or one of them, imports."""
    models = {model.namespace: model} | {
        one.namespace: one for one in imports if one.namespace != model.namespace
    }
    graph = Graph(models)
    graph.check_imports()
    builder = _Builder(graph)
    for key in graph.ordered():
        builder.nodes[key] = builder.build(key)
    return CompiledDecisions(
        model, builder.problems(), MappingProxyType(builder.nodes), MappingProxyType(builder.tables)
    )


class _Builder:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.nodes: dict[Key, Node] = {}
        self.tables: dict[str, CompiledTable] = {}
        self.types = _type_tables(graph.models)
        self.feel_types = {namespace: types.feel_types() for namespace, types in self.types.items()}
        self.compilers = {
            namespace: Compiler(types, TableCompiler(self.tables)) for namespace, types in self.types.items()
        }

    def problems(self) -> tuple[Problem, ...]:
        found = [*self.graph.problems]
        for namespace in self.graph.models:
            found += [*self.types[namespace].problems, *self.compilers[namespace].problems]
        return tuple(found)

    def build(self, key: Key) -> Node:
        element = self.graph.element(key)
        needs = tuple(self.graph.needs(key))
        return _BUILD[type(element)](self, key, element, needs)

    def input_data(self, key: Key, element: InputData, needs: tuple[Need, ...]) -> Node:
        return Node(key, element, needs, self._typed(key, element))

    def decision(self, key: Key, element: Decision, needs: tuple[Need, ...]) -> Node:
        part = self.compilers[key[0]].compile(element.expression, self._scope(key, needs), element.id)
        return Node(key, element, needs, self._typed(key, element), part)

    def knowledge(self, key: Key, element: KnowledgeModel, needs: tuple[Need, ...]) -> Node:
        """The function of the model; it sees what it requires, and itself."""
        typed = self._typed(key, element)
        result = plain(typed.feel.result) if isinstance(typed.feel, FunctionType) else typed
        function = element.function
        if function is None:
            part = nothing("decision.expression.missing", element.id, line=element.line)
            value = function_value((), (), part.run, NO_NAMES, ANY, element.id)
            return Node(key, element, needs, ANYTHING, function=value)
        compiler = self.compilers[key[0]]
        parameters = tuple(compiler.typed(one) for one in function.parameters)
        kinds = tuple(one.feel for one in parameters)
        own = FunctionType(kinds, result.feel)
        scope = self._scope(key, needs, {element.variable.name: own})
        body = _body(compiler, function, parameters, scope)
        context = self._functions(needs)
        value = function_value(
            tuple(one.name for one in function.parameters),
            parameters,
            _fitting(body.run, element, result),
            context,
            body.type if result is ANYTHING else result.feel,
            element.id,
        )
        context[element.variable.name] = value
        return Node(key, element, needs, ANYTHING, function=value)

    def service(self, key: Key, element: DecisionService, needs: tuple[Need, ...]) -> Node:
        """Its parameters are the input data, then the input decisions, whose own needs are not evaluated."""
        model = self.graph.model_of(key)

        def found(hrefs: Iterable[str]) -> list[Key]:
            all_needs = (self.graph.find(model, href, element) for href in hrefs)
            return [need.key for need in all_needs if need is not None]

        given = [*found(element.input_data), *found(element.input_decisions)]
        outputs = found(element.outputs)
        if not outputs:
            params = {"line": element.line, "name": element.name}
            self.graph.problems.append(Problem("decision.service.no-output", element.id, params))
        parameters = tuple(self.nodes[one].typed for one in given)
        names = tuple(self.nodes[one].name for one in given)
        typed = self._typed(key, element)
        result = plain(typed.feel.result) if isinstance(typed.feel, FunctionType) else typed
        run = _fitting(_service(self.nodes, given, outputs), element, result)
        kinds = {self.nodes[one].name: self.nodes[one].type for one in outputs}
        own = kinds[self.nodes[outputs[0]].name] if len(outputs) == 1 else ContextType(kinds)
        kind = own if result is ANYTHING else result.feel
        value = function_value(names, parameters, run, NO_NAMES, kind, element.id)
        return Node(key, element, (), ANYTHING, function=value)

    def _typed(self, key: Key, element: DrgElement) -> Typed:
        return self.compilers[key[0]].typed(element.variable)

    def _scope(
        self, key: Key, needs: tuple[Need, ...], more: Mapping[str, FeelType] = MappingProxyType({})
    ) -> Scope:
        names: dict[str, FeelType] = {**more}
        imported: dict[str, dict[str, FeelType]] = {}
        for need in needs:
            node = self.nodes[need.key]
            place = imported.setdefault(need.prefix, {}) if need.prefix else names
            place[node.name] = node.type
        names |= {prefix: ContextType(inner) for prefix, inner in imported.items()}
        return Scope(names, types=self.feel_types[key[0]])

    def _functions(self, needs: tuple[Need, ...]) -> dict[str, object]:
        names: dict[str, object] = {}
        for need in needs:
            node = self.nodes[need.key]
            place = cast("dict[str, object]", names.setdefault(need.prefix, {})) if need.prefix else names
            place[node.name] = node.function
        return names


def _body(
    compiler: Compiler, function: FunctionDefinition, parameters: tuple[Typed, ...], scope: Scope
) -> Part:
    if function.kind != "FEEL":
        params = {"kind": str(function.kind), "line": function.line}
        return nothing("decision.function.kind", function.id, **params)
    names = {one.name: kind.feel for one, kind in zip(function.parameters, parameters, strict=True)}
    inner = Scope({**scope.names, **names}, scope.open, scope.types)
    return compiler.compile(function.body, inner, function.id)


def _fitting(run: Run, element: DrgElement, typed: Typed) -> Run:
    """A function whose result has to fit; problems of its body belong to the element."""

    def fitting(machine: DecisionMachine) -> object:
        known = len(machine.problems)
        value = fitted(machine, element.id, element.name, run(machine), typed)
        machine.place(known, element.id)
        return value

    return fitting


def _service(nodes: Mapping[Key, Node], given: list[Key], outputs: list[Key]) -> Run:
    def run(machine: DecisionMachine) -> object:
        context = machine.context
        frame = Frame(nodes, NO_NAMES, machine.now, machine)
        frame.values = {key: context[nodes[key].name] for key in given}
        values = {nodes[key].name: frame.value(key) for key in outputs}
        machine.context = context
        return next(iter(values.values()), None) if len(outputs) == 1 else values

    return run


def _type_tables(models: Mapping[str, Model]) -> dict[str, TypeTable]:
    """The types of imported models first; models importing each other in a circle see what is there."""
    tables: dict[str, TypeTable] = {}
    waiting = {*models}

    def build(namespace: str) -> None:
        if namespace not in waiting:
            return
        waiting.discard(namespace)
        model = models[namespace]
        for one in model.imports:
            build(one.namespace)
        imported = {one.name: tables[one.namespace] for one in model.imports if one.namespace in tables}
        tables[namespace] = TypeTable(model.types, imported)

    for namespace in models:
        build(namespace)
    return tables


_Build = Callable[[_Builder, Key, DrgElement, tuple[Need, ...]], Node]
_BUILD: Final[Mapping[type, _Build]] = MappingProxyType(
    {
        InputData: cast("_Build", _Builder.input_data),
        Decision: cast("_Build", _Builder.decision),
        KnowledgeModel: cast("_Build", _Builder.knowledge),
        DecisionService: cast("_Build", _Builder.service),
    }
)
