"""The form as one node of a flow shows it to the person whose task it is."""

from __future__ import annotations

from engine.flows.graph import GraphNode
from engine.forms.render import render_tree
from runtime.access.policy import Access
from runtime.processes.flows import Flow
from runtime.processes.rights import opened_by

Json = dict[str, object]


def node_render(flow: Flow, node: GraphNode, access: Access) -> Json:
    """`GET /forms/{form}` with the field rights of the node; what it requires is marked.

    access   as `task_access` gives it
    """
    form = flow.form
    tree = render_tree(form.compiled, access.fields)
    for path in opened_by(form.form, node).required:
        key, _, inner = path.partition(".")
        _require(tree, [key, *([inner] if inner else [])])
    return {**tree, "version": form.version, "actions": [], "views": [], "flows": []}


def _require(tree: Json, path: list[str]) -> None:
    place: object = tree
    for key in path:
        fields = place.get("fields") if isinstance(place, dict) else None
        place = fields.get(key) if isinstance(fields, dict) else None
    if isinstance(place, dict):
        place["required"] = True
