"""Links a flow: its form, the people its nodes ask for, the fields its nodes and expressions name."""

from __future__ import annotations

from collections.abc import Mapping

from engine.apps.finder import Finder
from engine.flows.compile import CompiledFlow, compile_flow
from engine.flows.graph import Graph, GraphNode
from engine.flows.model import Model, Outcome, Reading, ServiceType
from engine.flows.rule import Resolver, ResolverKind
from engine.forms.compile import CompiledForm
from engine.forms.model import Form


def link_flow(finder: Finder, model: Model, forms: Mapping[str, CompiledForm]) -> CompiledFlow | None:
    """Compile the flow over the form it names; None if there is nothing to execute, or no such form."""
    if len(model.executable) != 1:
        return None
    process = model.executable[0]
    if process.settings is None:
        finder.problem("apps.link.flow-without-form", process.id)
        return None
    form = finder.form(process.settings.form, process.id)
    if form is None:
        return None
    compiled = compile_flow(Reading(Outcome.DEPLOYABLE, model), forms[form.key].scope)
    finder.add(compiled.problems)
    if compiled.graph is not None:
        _references(finder, form, compiled.graph)
    return compiled


def _references(finder: Finder, form: Form, graph: Graph) -> None:
    if graph.when is not None:
        finder.paths(form, None, graph.when.paths, graph.process)
    for name, value in graph.withdrawn.items():
        finder.field(form, name, graph.process)
        finder.paths(form, None, value.paths, graph.process)
    for edge in graph.edges:
        if edge.condition is not None:
            finder.paths(form, None, edge.condition.paths, edge.id)
    for node in graph.nodes:
        _node(finder, form, node)


def _node(finder: Finder, form: Form, node: GraphNode) -> None:
    for compiled in node.values.values():
        finder.paths(form, None, compiled.paths, node.id)
    if node.service is not None and node.service.type is ServiceType.RECORD_PATCH:
        for name in node.service.values:
            finder.field(form, name, node.id)
    if node.rule is not None:
        for name in node.rule.fields.fields:
            finder.field(form, name, node.id)
        for resolver in node.rule.who + node.rule.empty_users:
            _resolver(finder, form, resolver, node.id)


def _resolver(finder: Finder, form: Form, resolver: Resolver, at: str) -> None:
    if resolver.kind is ResolverKind.ROLE:
        finder.role(resolver.ref, at)
    for name in (resolver.ref if resolver.kind is ResolverKind.FIELD else "", resolver.of):
        field = finder.field(form, name, at) if name else None
        if field is not None and field.type != "member":
            finder.problem("apps.link.not-a-member", at, field=name, form=form.key)
