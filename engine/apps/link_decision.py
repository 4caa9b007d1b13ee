"""Links decisions: with the models they import, and with the name under which rules decide by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.apps.definitions import Definition
from engine.apps.finder import Finder, Reference
from engine.apps.kinds import Kind, Ref
from engine.keys import SYSTEM_FIELDS, WRITABLE_SYSTEM_FIELDS
from engine.rules.decisions import CompiledDecisions, compile_decisions, lint_decisions
from engine.rules.decisions.evaluation import Node
from engine.rules.decisions.model import Decision, DecisionTable, InputData, Model
from engine.rules.feel import FeelType
from engine.rules.language.known import DecisionShape


@dataclass(frozen=True, slots=True)
class LinkedDecision:
    """main  the decision that the definition's key stands for; None if the file does not say which"""

    key: str
    compiled: CompiledDecisions
    main: Node | None


def compile_definitions(definitions: Iterable[Definition]) -> Mapping[str, LinkedDecision]:
    """Every decision of a workspace by key, each together with the models it imports."""
    models = {one.ref.key: one.model for one in definitions if isinstance(one.model, Model)}
    return MappingProxyType({key: _compiled(key, model, models.values()) for key, model in models.items()})


def _compiled(key: str, model: Model, models: Iterable[Model]) -> LinkedDecision:
    compiled = compile_decisions(model, _imported(model, {one.namespace: one for one in models}))
    return LinkedDecision(key, compiled, _main(key, compiled))


def _imported(model: Model, known: Mapping[str, Model]) -> list[Model]:
    """The models that this one needs, those needed by them included."""
    found: dict[str, Model] = {}
    waiting = [model]
    while waiting:
        for one in waiting.pop().imports:
            if one.namespace in known and one.namespace not in found:
                found[one.namespace] = known[one.namespace]
                waiting.append(known[one.namespace])
    return [*found.values()]


def _main(key: str, compiled: CompiledDecisions) -> Node | None:
    """The decision of that id or name, else the only one that no other requires."""
    named = compiled.find(key)
    if named is not None and isinstance(named.element, Decision):
        return named
    decisions = [one for one in compiled.nodes.values() if isinstance(one.element, Decision)]
    own = [one for one in decisions if one.key[0] == compiled.model.namespace]
    required = {need.key for one in decisions for need in one.needs}
    last = [one for one in own if one.key not in required]
    return last[0] if len(last) == 1 else None


def decision_shapes(decisions: Mapping[str, LinkedDecision]) -> Mapping[str, DecisionShape]:
    """The decisions as rules see them."""
    return MappingProxyType(
        {key: _shape(one, one.main) for key, one in decisions.items() if one.main is not None}
    )


def _shape(one: LinkedDecision, main: Node) -> DecisionShape:
    label = main.element.label or main.element.name
    return DecisionShape(label, inputs_of(one.compiled, main), main.type, one.compiled.prepared(main.key[1]))


def inputs_of(compiled: CompiledDecisions, node: Node) -> Mapping[str, FeelType]:
    """The input data that the decision needs, whether itself or through others."""
    found: dict[str, FeelType] = {}
    seen, waiting = {node.key}, [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current.element, InputData):
            found[current.name] = current.type
        for need in current.needs:
            if need.key not in seen:
                seen.add(need.key)
                waiting.append(compiled.nodes[need.key])
    return MappingProxyType(dict(sorted(found.items())))


def link_decision(finder: Finder, one: LinkedDecision, keys: Mapping[str, str]) -> None:
    """Note what the decision imports, and everything that is wrong with it.

    keys  of all decision definitions, by the namespace of their model
    """
    model = one.compiled.model
    finder.add(one.compiled.problems)
    finder.add(lint_decisions(one.compiled))
    if keys.get(model.namespace, one.key) != one.key:
        finder.problem(
            "apps.link.decision-namespace", "", namespace=model.namespace, other=keys[model.namespace]
        )
    if one.main is None and model.decisions:
        finder.problem("apps.link.decision-unclear", "", key=one.key)
    for imported in model.imports:
        if imported.namespace in keys:
            target = Ref(Kind.DECISION, keys[imported.namespace])
            finder.references.append(Reference(finder.source, imported.id, target))
    if one.main is not None:
        _check_outputs(finder, one.main)


def _check_outputs(finder: Finder, main: Node) -> None:
    """A decision's outputs are written to fields of their names; nobody writes what the system keeps."""
    expression = main.element.expression if isinstance(main.element, Decision) else None
    if not isinstance(expression, DecisionTable) or len(expression.outputs) < 2:
        return
    for output in expression.outputs:
        if output.name in SYSTEM_FIELDS and output.name not in WRITABLE_SYSTEM_FIELDS:
            finder.problem("apps.link.decision-system-field", output.id, name=output.name)
