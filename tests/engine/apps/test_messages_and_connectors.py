"""Message templates and connectors: what they hold, and everything that is refused, at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine.apps.connector import AuthKind, Connector
from engine.apps.definitions import DefinitionReading, read_definition
from engine.apps.kinds import Kind, Ref
from engine.apps.link import link
from engine.apps.message_template import MessageTemplate
from engine.problems import Problem

FORM = {
    "$schema": "form/1", "key": "lead", "label": "Lead", "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name"},
        "amount": {"type": "money", "label": "Amount"},
        "stage": {"type": "select", "label": "Stage", "options": [{"key": "new", "label": "New"}]},
    },
}  # fmt: skip
TEMPLATE = {
    "$schema": "message_template/1", "key": "new_lead", "label": "New lead", "form": "lead",
    "values": {"half": "amount / 2"},
    "title": {"zh-CN": "新线索：{{ name }}", "en": "New lead: {{ name }}"},
    "body": "{{ half | money }} {{ stage | label }} {{ user.name }}",
}  # fmt: skip
ROBOT = {
    "$schema": "connector/1", "key": "robot", "label": "Robot", "base_url": "https://robot.example.com/v1/",
    "auth": {"kind": "query", "secret": "robot_key", "name": "key"},
    "operations": {
        "send": {
            "method": "POST", "path": "/rooms/{room}/send", "inputs": {"room": "text", "text": "text"},
            "body": '{msgtype: "text", text: {content: text}}', "accept": "body.errcode = 0",
            "result": "body.id",
        }
    },
}  # fmt: skip


def reading(kind: Kind, document: Mapping[str, Any]) -> DefinitionReading:
    return read_definition(kind, document["key"], json.dumps(document))


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.at) for problem in problems]


def test_a_template_is_read_in_every_language_and_linked_with_its_form() -> None:
    read = {Ref(Kind.MESSAGE_TEMPLATE, "new_lead"): reading(Kind.MESSAGE_TEMPLATE, TEMPLATE)}
    read[Ref(Kind.FORM, "lead")] = reading(Kind.FORM, FORM)

    linked = link({ref: one.definition for ref, one in read.items() if one.definition is not None})

    assert linked.problems == ()
    template = linked.definitions[Ref(Kind.MESSAGE_TEMPLATE, "new_lead")].model
    assert isinstance(template, MessageTemplate)
    assert set(template.title) == set(template.body) == {"zh-CN", "en"}
    assert [at for at, _ in template.texts()] == ["/title/zh-CN", "/title/en", "/body"]
    used = {one.at for one in linked.where_used(Kind.FORM, "lead", "name")}
    assert {"/title/zh-CN", "/title/en"} <= used


def test_what_a_template_names_wrongly_is_said_with_its_place() -> None:
    wrong = TEMPLATE | {"title": "{{ nam }}", "body": {"en": "{{ stage | money }}"}, "values": {"name": "x"}}
    read = [reading(Kind.FORM, FORM), reading(Kind.MESSAGE_TEMPLATE, wrong)]

    linked = link({one.definition.ref: one.definition for one in read if one.definition is not None})

    assert codes(linked.problems) == [
        ("apps.message-template.name-taken", "/values/name"),
        ("feel.name.unknown", "/values/name"),
        ("templates.unknown-name", "/title"),
        ("templates.filter-value", "/body/en"),
    ]
    refused = reading(Kind.MESSAGE_TEMPLATE, TEMPLATE | {"title": "{{ 1 + 1 }}", "body": {"en": "{{"}})
    assert codes(refused.problems) == [("templates.not-allowed", "/title"), ("templates.syntax", "/body/en")]


def test_a_connector_is_read_with_its_expressions() -> None:
    read = reading(Kind.CONNECTOR, ROBOT)

    assert read.problems == ()
    assert read.definition is not None
    connector = read.definition.model
    assert isinstance(connector, Connector)
    assert (connector.auth.kind, connector.base_url) == (AuthKind.QUERY, "https://robot.example.com/v1")
    assert set(connector.operations["send"].parameters) == {"room"}


def test_everything_wrong_with_a_connector_comes_at_once() -> None:
    wrong = {
        "key": "bad", "label": "Bad", "base_url": "ftp://u:p@x", "auth": {"kind": "basic", "secret": "s"},
        "operations": {
            "a": {"method": "GET", "path": "/{nowhere}", "body": "1", "query": {"q": "tex"},
                  "inputs": {"text": "text"}},
            "b": {"method": "POST", "path": "/b", "result": "body +"},
        },
    }  # fmt: skip

    found = codes(reading(Kind.CONNECTOR, wrong).problems)

    assert ("apps.connector.bad-address", "/base_url") in found
    assert ("apps.connector.auth-incomplete", "/auth") in found
    assert ("apps.connector.unknown-parameter", "/operations/a/path") in found
    assert ("apps.connector.body-with-get", "/operations/a/body") in found
    assert any(at == "/operations/a/query/q" for _, at in found)
    assert any(at == "/operations/b/result" for _, at in found)
    shape = codes(
        reading(Kind.CONNECTOR, ROBOT | {"operations": {"x": {"path": "/\r\n", "verb": 1}}}).problems
    )
    assert ("apps.document.not-a", "/operations/x/path") in shape
    assert ("apps.document.missing", "/operations/x") in shape
