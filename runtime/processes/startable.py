"""Which flows a person can start by hand on one record, and why the others not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from engine.flows.execute.starting import start_refusal
from engine.flows.graph import Graph
from engine.flows.model import StartOn
from engine.forms.fields import FIELD_TYPES
from engine.forms.model import label_text
from engine.forms.system import SYSTEM
from engine.problems import Problem
from runtime.processes import store
from runtime.processes.flows import Flow, Flows, settings_of
from runtime.processes.world import World
from runtime.records.model import RecordView
from runtime.records.scene import Scene


@dataclass(frozen=True, slots=True)
class Startable:
    """A flow of the record's form; `refused` None = it can be started now."""

    flow: Flow
    refused: Problem | None


def startable_flows(
    conn: sa.Connection, scene: Scene, flows: Flows, view: RecordView
) -> tuple[Startable, ...]:
    """Every flow that is started by hand, if the reader may edit the record; none otherwise."""
    if "edit" not in (view.actions or ()):
        return ()
    return tuple(
        Startable(flow, start_refused(conn, scene, flow, view))
        for key, published in scene.metadata.flows.items()
        if (settings := settings_of(published)) is not None
        and (settings.form, settings.start) == (view.form, StartOn.MANUAL)
        for flow in [flows.in_force(conn, scene.metadata, key)]
    )


def start_refused(conn: sa.Connection, scene: Scene, flow: Flow, view: RecordView) -> Problem | None:
    """Why the flow cannot be started on the record as it stands, in words for people; None if it can."""
    label = flow.graph.label or flow.key
    if store.runs(conn, flow.key, view.form, view.id):
        return Problem("process.already-running", params={"flow": label})
    if flow.graph.when is None:
        return None
    world = World(conn, scene, flow, view.id, scene.actor.id)
    refused = start_refusal(flow.graph, world.facts(), now=scene.moment.now)
    if refused is None or refused.code != "flow.start.condition":
        return refused
    stands = list(_stands(scene, flow, view))
    if not stands:
        return Problem("process.start.refused", params={"flow": label})
    return Problem("process.start.refused-because", params={"flow": label, "stands": stands})


def _stands(scene: Scene, flow: Flow, view: RecordView) -> Iterator[str]:
    """What the condition reads of the record, as it stands now, as far as its reader may see it."""
    form = flow.form.form
    for key in _read_by(flow.graph):
        field = form.fields.get(key) or SYSTEM.get(key)
        if field is None or field.fields or key not in view.values or key in view.masked:
            continue
        value = view.values[key]
        shown = (
            view.titles.get((field.to, value), "")
            if field.to is not None and isinstance(value, int)
            else FIELD_TYPES[field.type].display(field, value, scene.language, scene.moment.zone)
        )
        yield f"{label_text(field.label, scene.language)}: {shown or '—'}"


def _read_by(graph: Graph) -> list[str]:
    """The fields that the condition reads: by their bare names, or as `record.<field>`."""
    paths = graph.when.paths if graph.when is not None else ()
    keys = (path[1] if path[0] == "record" and len(path) > 1 else path[0] for path in sorted(paths))
    return list(dict.fromkeys(keys))
