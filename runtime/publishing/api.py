"""HTTP of definitions: look at them, plan, publish, roll back. All of it needs the right `builder`."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from engine.apps.definitions import Definition, read_definition
from engine.apps.kinds import Kind, Ref
from engine.forms.model import Label
from engine.problems import Register
from engine.rules.language.model import Rule, RuleText, Score
from engine.rules.language.read import name_of, read_rule
from runtime.catalog.catalog import Catalog
from runtime.catalog.definitions import list_versions, read_version
from runtime.catalog.drafts import Draft, list_drafts
from runtime.catalog.metadata import Metadata
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.identity.directory import names_of
from runtime.publishing import schemas
from runtime.publishing.plan_json import planned_json, published_json
from runtime.publishing.requests import BUILDER, content_of, kind_of, person, ref_of
from runtime.publishing.service import Publishing


class DefinitionsApi:
    """What is published and drafted, and every version of it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @endpoint(
        "GET",
        "/definitions",
        guard=BUILDER,
        summary="All definitions and drafts",
        query=schemas.KIND_QUERY,
        response=schemas.DEFINITIONS,
    )
    def list_definitions(self, call: Call) -> object:
        metadata = self._catalog.for_call(call)
        wanted = kind_of(str(call.args["kind"])) if "kind" in call.args else None
        with call.read() as conn:
            drafts = {draft.ref: draft for draft in list_drafts(conn)}
            people = [draft.updated_by for draft in drafts.values()]
            people += [one.published_by for one in metadata.published.values()]
            names = names_of(conn, [one for one in people if one is not None])
        refs = sorted({*metadata.published, *drafts})
        shown = [ref for ref in refs if wanted is None or ref.kind is wanted]
        return {"items": [_listed(ref, metadata, drafts.get(ref), names) for ref in shown]}

    @endpoint(
        "GET",
        "/definitions/<key:kind>/<key:key>",
        guard=BUILDER,
        summary="One version of a definition",
        query=schemas.VERSION_QUERY,
        response=schemas.DEFINITION,
    )
    def show(self, call: Call, kind: str, key: str) -> object:
        ref, version = ref_of(kind, key), call.args.get("version")
        with call.read() as conn:
            number, text = read_version(conn, ref, version if isinstance(version, int) else None)
        return {"kind": kind, "key": key, "version": number, **content_of(ref, text)}

    @endpoint(
        "GET",
        "/definitions/<key:kind>/<key:key>/versions",
        guard=BUILDER,
        summary="Every version of a definition, the newest first",
        response=schemas.VERSIONS,
    )
    def versions(self, call: Call, kind: str, key: str) -> object:
        with call.read() as conn:
            found = list_versions(conn, ref_of(kind, key))
            names = names_of(conn, [one.published_by for one in found if one.published_by is not None])
        items = [
            {
                "version": one.version,
                "published_at": one.published_at,
                "published_by": person(one.published_by, names),
                "note": one.note,
                "current": one.current,
            }
            for one in found
        ]
        return {"items": items}


class PublishApi:
    """Putting drafts in force, and earlier versions again."""

    def __init__(self, publishing: Publishing, register: Register) -> None:
        self._publishing = publishing
        self._register = register

    @endpoint(
        "POST",
        "/publish",
        guard=BUILDER,
        summary="Plan (?plan=1) or publish a set of drafts",
        query=schemas.PLAN_QUERY,
        body=schemas.PUBLISH,
        response=schemas.PLANNED,
    )
    def publish(self, call: Call) -> object:
        refs = [ref_of(item["kind"], item["key"]) for item in call.fields["drafts"]]
        note = str(call.fields.get("note", ""))
        if call.args["plan"]:
            with call.read() as conn:
                plan = self._publishing.plan_drafts(conn, call.workspace, refs)
            return planned_json(plan, self._register, call.language)

        def work(conn: sa.Connection) -> object:
            published = self._publishing.publish_drafts(conn, call.workspace, call.actor, refs, note=note)
            return published_json(published, self._register, call.language)

        return call.write(work)

    @endpoint(
        "POST",
        "/definitions/<key:kind>/<key:key>/roll-back",
        guard=BUILDER,
        summary="Plan (?plan=1) or put an earlier version in force again",
        query=schemas.PLAN_QUERY,
        body=schemas.ROLL_BACK,
        response=schemas.PLANNED,
    )
    def roll_back(self, call: Call, kind: str, key: str) -> object:
        ref, version = ref_of(kind, key), int(call.fields["version"])
        note = str(call.fields.get("note", ""))
        if call.args["plan"]:
            with call.read() as conn:
                plan = self._publishing.plan_roll_back(conn, call.workspace, ref, version)
            return planned_json(plan, self._register, call.language)

        def work(conn: sa.Connection) -> object:
            published = self._publishing.roll_back(
                conn, call.workspace, call.actor, ref, version=version, note=note
            )
            return published_json(published, self._register, call.language)

        return call.write(work)


def _listed(ref: Ref, metadata: Metadata, draft: Draft | None, names: Mapping[int, str]) -> dict[str, object]:
    published = metadata.published.get(ref)
    at, by = (
        (draft.updated_at, draft.updated_by)
        if draft is not None
        else (published.published_at, published.published_by)
        if published is not None
        else (None, None)
    )
    definition = metadata.definitions.get(ref) or _drafted(ref, draft)
    rule = _rule_of(definition, ref, draft)
    return {
        "kind": str(ref.kind),
        "key": ref.key,
        "label": metadata.name_of(definition) if definition is not None else _unread_label(ref, draft, rule),
        "version": published.version if published is not None else None,
        "draft": draft is not None,
        "updated_at": at,
        "updated_by": person(by, names),
        **_about_rule(rule),
    }


def _drafted(ref: Ref, draft: Draft | None) -> Definition | None:
    """A definition that was never published, if it can be read."""
    return read_definition(ref.kind, ref.key, draft.text).definition if draft is not None else None


def _rule_of(definition: Definition | None, ref: Ref, draft: Draft | None) -> RuleText | None:
    """Of a rule its tree, as far as its author has come."""
    if definition is None and draft is not None and ref.kind is Kind.RULE:
        return read_rule(draft.text).rule
    model = definition.model if definition is not None else None
    return model if isinstance(model, Rule | Score) else None


def _about_rule(rule: RuleText | None) -> dict[str, object]:
    """Whose records wake a rule, and what: lists of rules are ordered by it."""
    if rule is None:
        return {}
    name = name_of(rule)
    trigger = type(rule.triggers[0]).__name__ if rule.triggers else None
    return {"form": None if name is None else name.key, "trigger": trigger}


def _unread_label(ref: Ref, draft: Draft | None, rule: RuleText | None) -> Label:
    """What its author calls a definition that cannot be read; the key while its text says nothing."""
    if isinstance(rule, Rule):
        return rule.label.text or ref.key
    document = content_of(ref, draft.text).get("document") if draft is not None else None
    label = document.get("label") if isinstance(document, dict) else None
    return label if isinstance(label, str | dict) and label else ref.key
