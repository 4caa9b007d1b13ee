"""HTTP of forms as the workspace draws them: which there are, how one looks, values of its expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.apps.app import AppItem
from engine.forms.render import render_tree
from engine.forms.views import View
from engine.problems import InputError, Problem, Register, Span
from engine.rules.feel.functions.reference import Description, descriptions
from runtime.access.policy import Access
from runtime.catalog.catalog import Catalog
from runtime.catalog.metadata import Metadata, PublishedForm
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.errors import Forbidden
from runtime.http.guard import SIGNED_IN, may, right
from runtime.http.schema import Schema
from runtime.records import schemas
from runtime.records.evaluation import Question
from runtime.records.feel_hints import feel_hints
from runtime.records.json_form import Json, feel_json, trace_json
from runtime.records.requests import problems_json, scene_of
from runtime.records.scene import Scene
from runtime.records.service import Records

_WRITTEN_BY_TRANSFER = ("owner", "department")


class FormsApi:
    """Forms for those who may use them."""

    def __init__(self, catalog: Catalog, records: Records, register: Register) -> None:
        self._catalog = catalog
        self._records = records
        self._register = register

    @endpoint("GET", "/forms", guard=SIGNED_IN, summary="The forms she may use")
    def list_forms(self, call: Call) -> object:
        scene = scene_of(self._catalog, call)
        accesses = (scene.access(form) for form in scene.metadata.forms.values())
        return {"items": [_listed(access) for access in accesses if access.actions]}

    @endpoint(
        "GET", "/forms/<key:form>", guard=may("view"), summary="Fields, layout, rules and rights of a form"
    )
    def show(self, call: Call, form: str) -> object:
        scene = scene_of(self._catalog, call)
        access = scene.access_for(form)
        return scene.statements.get((access.rights, "tree"), lambda: form_json(scene, access))

    @endpoint(
        "POST", "/evaluate", guard=SIGNED_IN, summary="The value of an expression", body=schemas.EVALUATE
    )
    def evaluate(self, call: Call) -> object:
        """By the id of an expression of a form in force; free text needs the right `builder`."""
        scene, question = scene_of(self._catalog, call), _question(call)
        with call.read() as conn:
            answer = self._records.evaluate(conn, scene, question)
        found: Json = {
            "value": feel_json(answer.result.value),
            "problems": problems_json(answer.result.problems, self._register, call),
        }
        if answer.trace is not None:
            found["trace"] = trace_json(answer.trace)
        return found

    @endpoint("GET", "/feel/functions", guard=SIGNED_IN, summary="The functions that expressions may call")
    def functions(self, call: Call) -> object:
        """In the reader's language; the same for every workspace."""
        return {"items": [_function_json(one, call.language) for one in descriptions()]}

    @endpoint(
        "POST",
        "/feel/hints",
        guard=right("builder"),
        summary="Where an expression over a form in force may be empty, and what it costs if that is much",
        body=schemas.FEEL_HINTS_ASKED,
        response=schemas.FEEL_HINTS,
    )
    def hints(self, call: Call) -> object:
        scene, asked = scene_of(self._catalog, call), call.fields
        found = feel_hints(scene, scene.metadata.form(asked["form"]), asked["expression"])
        return {
            "empty": [
                {"span": _span_json(one.span), "name": one.name, "fallback": one.fallback}
                for one in found.empty
            ],
            "cost": None
            if found.cost is None
            else {"span": _span_json(found.cost.span), "steps": found.cost.steps},
        }

    def apps(self, call: Call) -> list[object]:
        """What she finds in the navigation, for `GET /me`: apps with the forms she may view."""
        scene = scene_of(self._catalog, call)
        return [one for one in (_app_json(scene, key) for key in scene.metadata.apps) if one["items"]]

    def schemas(self, call: Call) -> Mapping[str, Schema]:
        """The schemas of the forms she may use, for the contract: `deal`, `deal_create`, `deal_patch`."""
        if call.caller is None:
            return {}
        scene = scene_of(self._catalog, call)
        found: dict[str, Schema] = {}
        for key, form in scene.metadata.forms.items():
            if scene.access(form).actions:
                compiled = form.compiled
                found[key] = compiled.output_schema
                found[f"{key}_create"] = compiled.create_schema
                found[f"{key}_patch"] = compiled.patch_schema
        return found


def _span_json(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _function_json(function: Description, language: str) -> Json:
    return {
        "name": function.name,
        "signatures": list(function.signatures),
        "description": function.description[language],
        "example": function.example,
    }


def _listed(access: Access) -> Json:
    form = access.form
    return {
        "key": form.key,
        "label": form.form.label,
        "icon": form.form.icon,
        "actions": sorted(access.actions),
        "version": form.version,
    }


def form_json(scene: Scene, access: Access) -> Json:
    """The render tree with what belongs to the form beside it."""
    form = access.form
    tree: Any = render_tree(form.compiled, access.fields)
    for key, field in tree["system"].items():
        if key in _WRITTEN_BY_TRANSFER and key in access.writable:
            field["access"] = "write"
        elif field["access"] == "write":
            field["access"] = "read"
    return {
        **tree,
        "version": form.version,
        "actions": sorted(access.actions),
        "views": [_view_json(view, access) for view in scene.metadata.views_of(form.key)],
        "flows": list(_flows_of(scene.metadata, form)),
    }


def _view_json(view: View, access: Access) -> Json:
    return {
        "key": view.key,
        "label": view.label,
        "columns": [one.field for one in view.columns if one.field in access.readable],
        "widths": {one.field: one.width for one in view.columns if one.width is not None},
        "where": view.where,
        "sort": [f"{'-' * one.descending}{one.field}" for one in view.sort if one.field in access.readable],
    }


def _flows_of(metadata: Metadata, form: PublishedForm) -> Iterator[Json]:
    for flow in metadata.flows.values():
        for process in flow.model.executable:
            settings = process.settings
            if settings is not None and settings.form == form.key:
                label = metadata.definitions[flow.ref].label
                yield {"key": flow.key, "label": label, "start": settings.start.value}


def _app_json(scene: Scene, key: str) -> Json:
    app = scene.metadata.apps[key]
    items = [found for item in app.items if (found := _item_json(scene, item)) is not None]
    return {"key": key, "label": app.label, "icon": app.icon, "items": items}


def _item_json(scene: Scene, item: AppItem) -> Json | None:
    form = scene.metadata.forms.get(item.form)
    if form is None or not scene.access(form).allows("view"):
        return None
    return {
        "kind": "form",
        "form": item.form,
        "view": item.view,
        "label": item.label or form.form.label,
        "icon": item.icon or form.form.icon,
    }


def _question(call: Call) -> Question:
    """Raises InputError if it does not say what to evaluate, Forbidden for free text without the right."""
    fields: Any = call.fields
    text, identity = fields.get("expression", ""), fields.get("expression_id", "")
    form = fields.get("form") or fields.get("scope", {}).get("form")
    if not form or bool(text) == bool(identity):
        raise InputError((Problem("records.evaluate.nothing"),))
    if text and "builder" not in call.actor.rights:
        raise Forbidden.because("http.right-missing", right="builder")
    return Question(form, fields.get("values", {}), identity, text, fields.get("record"), fields.get("row"))
