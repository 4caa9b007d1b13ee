"""Who will be asked, in order, and why: the expected way of a process as JSON."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from engine.flows.commands import Choice
from engine.flows.preview import Expected, Preview
from engine.flows.rule import Resolver, ResolverKind
from engine.forms.model import Form
from engine.problems import Problem
from runtime.catalog.metadata import Metadata
from runtime.identity.directory import names_of
from runtime.processes.flows import Flow
from runtime.processes.view import Json, Viewer, flow_json, person, said


def preview_json(
    conn: Connection,
    metadata: Metadata,
    flow: Flow,
    expected: Preview,
    refused: Problem | None,
    viewer: Viewer,
) -> Json:
    """The stops in their order, what the process would end with, and why it cannot start."""
    return {
        "flow": flow_json(flow),
        "stops": stops_json(conn, metadata, flow, expected, viewer),
        "outcome": expected.outcome or None,
        "refused": said(refused, viewer) if refused is not None else None,
    }


def stops_json(
    conn: Connection, metadata: Metadata, flow: Flow, expected: Preview, viewer: Viewer
) -> list[Json]:
    """One statement for the names, if anybody will be asked."""
    people = {choice.person for stop in expected.stops for choice in stop.people}
    names = names_of(conn, people) if people else {}
    return [
        {
            **_stop(flow, stop),
            "people": [
                {
                    **(person(choice.person, names) or {}),
                    "fate": choice.fate,
                    "why": _why(metadata, flow.form.form, choice),
                }
                for choice in stop.people
            ],
            "problem": said(stop.problem, viewer) if stop.problem else None,
        }
        for stop in expected.stops
    ]


def _stop(flow: Flow, stop: Expected) -> Json:
    """mode   how several people decide · by_rule   why nobody is asked · empty   what follows from it"""
    rule = flow.graph.node(stop.node).rule if stop.node in flow.graph.by_id else None
    return {
        "node": stop.node,
        "label": stop.label or stop.node,
        "kind": rule.kind if rule is not None else None,
        "mode": rule.mode if rule is not None else None,
        "by_rule": stop.by_rule or None,
        "empty": rule.on_empty if rule is not None and stop.by_rule else None,
    }


def _why(metadata: Metadata, form: Form, choice: Choice) -> Json:
    """The rule that found the person; `label` of its role or field, `of` the field it starts from."""
    resolver = choice.resolver
    of = form.fields.get(resolver.of)
    return {
        "kind": resolver.kind,
        "level": resolver.level,
        "label": _label(metadata, form, resolver),
        "of": of.label if of is not None else None,
    }


def _label(metadata: Metadata, form: Form, resolver: Resolver) -> object:
    if resolver.kind is ResolverKind.ROLE:
        role = metadata.roles.get(resolver.ref)
        return role.label if role is not None else resolver.ref
    if resolver.kind is ResolverKind.FIELD:
        outer, _, inner = resolver.ref.partition(".")
        field = form.fields.get(outer)
        named = field.fields.get(inner) if field is not None and inner else field
        return named.label if named is not None else resolver.ref
    return None
