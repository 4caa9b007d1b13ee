"""Broken form documents as drafts and at publish (F01–F15): refused with place, or shown as plain text."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.hostile.conftest import Target

Document = dict[str, Any]
GOOD: Document = {
    "key": "probe",
    "label": "Probe",
    "title": "{name}",
    "fields": {"name": {"type": "text", "label": "Name"}},
}
ROOM = {"type": "text", "label": "T"}


def nested(depth: int) -> Document:
    inner: Document = {"type": "text", "label": "T"}
    for _ in range(depth):
        inner = {"type": "subtable", "label": "S", "fields": {"s": inner}}
    return inner


def select(options: int) -> Document:
    return {
        "type": "select",
        "label": "S",
        "options": [{"key": f"o{n}", "label": "O"} for n in range(options)],
    }


def formula(text: str) -> Document:
    return {"type": "number", "label": "F", "formula": text}


FIELDS: dict[str, Document] = {
    "F01 sql as key": {'id"; drop table x;--': ROOM},
    "F02 class": {"__class__": ROOM},
    "F02 proto": {"__proto__": ROOM},
    "F02 capital letters": {"Constructor": ROOM},
    "F02 system field": {"owner": ROOM},
    "F02 word of the language": {"for": ROOM},
    "F02 long key": {"a" * 41: ROOM},
    "F02 empty key": {"": ROOM},
    "F04 key in full width": {"ｎame": ROOM},
    "F05 reference": {"a": {"$ref": "http://127.0.0.1:9/x", "type": "text", "label": "A"}},
    "F05 reference alone": {"a": {"$ref": "#"}},
    "F08 back-reference": {"a": {"type": "text", "label": "A", "pattern": "(a)\\1"}},
    "F08 open bracket": {"a": {"type": "text", "label": "A", "pattern": "(("}},
    "F09 too many": {f"f{n}": ROOM for n in range(501)},
    "F10 long default": {"a": {"type": "text", "label": "A", "default": "x" * 200_000}},
    "F10 default of another type": {"a": {"type": "number", "label": "A", "default": {"x": 1}}},
    "F11 cycle": {"a": formula("b + 1"), "b": formula("c + 1"), "c": formula("a + 1")},
    "F11 itself": {"a": formula("a + 1")},
    "F12 options": {"a": select(5_000)},
    "F12 same option twice": {"a": {**select(1), "options": [{"key": "x", "label": "X"}] * 2}},
    "F14 sub-table in sub-table": {"a": nested(2)},
    "F14 fifty deep": {"a": nested(25)},
    "unknown type": {"a": {"type": "python", "label": "A"}},
    "type as list": {"a": {"type": ["text"], "label": "A"}},
    "no label": {"a": {"type": "text"}},
    "unknown property": {"a": {"type": "text", "label": "A", "onclick": "alert(1)"}},
    "negative scale": {"a": {"type": "number", "label": "A", "scale": -1}},
    "huge scale": {"a": {"type": "number", "label": "A", "scale": 400}},
    "relation to nowhere": {"a": {"type": "relation", "label": "A", "to": "nowhere"}},
    "relation to python": {"a": {"type": "relation", "label": "A", "to": "__class__"}},
    "formula of a form": {"a": formula("customer")},
    "broken expression": {"a": formula("1 +")},
    "expression of another kind": {"a": {"type": "text", "label": "A", "visible": "1 + 1"}},
    "field as text": {"a": "text"},
    "field as null": {"a": None},
}
WHOLE: dict[str, Callable[[Document], object]] = {
    "another key": lambda one: one.update(key="other"),
    "no fields": lambda one: one.pop("fields"),
    "fields as list": lambda one: one.update(fields=[]),
    "title of nothing": lambda one: one.update(title="{nothing}"),
    "title of a class": lambda one: one.update(title="{name.__class__}"),
    "unknown member": lambda one: one.update(script="x"),
    "layout of nothing": lambda one: one.update(layout=["nothing"]),
    "check of nothing": lambda one: one.update(checks=[{"reject": "nothing = 1", "message": "M"}]),
    "check without message": lambda one: one.update(checks=[{"reject": "name = null"}]),
    "unique of nothing": lambda one: one.update(checks=[{"unique": ["nothing"], "message": "M"}]),
    "label in no language": lambda one: one.update(label={"fr": "x"}),
    "label as number": lambda one: one.update(label=1),
}


def with_fields(fields: Document) -> Document:
    return {**GOOD, "fields": {**GOOD["fields"], **fields}}


def changed(change: Callable[[Document], object]) -> Document:
    document = copy.deepcopy(GOOD)
    change(document)
    return document


DOCUMENTS = {name: with_fields(fields) for name, fields in FIELDS.items()}
DOCUMENTS |= {name: changed(change) for name, change in WHOLE.items()}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_broken_form_has_problems_as_a_draft_and_is_never_published(target: Target, name: str) -> None:
    admin = target["admin"]
    admin.delete("/drafts/form/probe")
    kept = admin.put("/drafts/form/probe", {"rev": 0, "document": DOCUMENTS[name]})
    if kept.status_code == 200:
        assert kept.json["problems"], name
        assert all(one["hint"] for one in kept.json["problems"]), kept.json
        target.attack("admin", "POST", "/publish", json={"drafts": [{"kind": "form", "key": "probe"}]})
        admin.delete("/drafts/form/probe")
    else:
        target.attack("admin", "PUT", "/drafts/form/probe", json={"rev": 0, "document": DOCUMENTS[name]})
    assert admin.get("/forms/probe").status_code == 404


def test_depth_is_refused_before_anything_is_read(target: Target) -> None:
    body = b'{"rev": 0, "document": {"key": "probe", "fields": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_002
    target.attack("admin", "PUT", "/drafts/form/probe", 400, data=body, content_type="application/json")


@pytest.mark.parametrize("key", ["id", "for", "A", "a__b", "x" * 41, "%2e%2e", "a'b", "__class__"])
def test_a_definition_with_an_impossible_key_is_not_kept(target: Target, key: str) -> None:
    target.attack("admin", "PUT", f"/drafts/form/{key}", 404, 422, json={"rev": 0, "document": GOOD})


LABELS = [
    'id"; drop table x;--',
    "<img src=x onerror=alert(1)>",
    "{{7*7}}",
    "x" * 63 + "a",
    "x" * 63 + "b",
    "constructor",
]


def test_labels_are_data_whatever_stands_in_them(target: Target) -> None:
    fields = {f"f{number}": {"type": "text", "label": label} for number, label in enumerate(LABELS)}
    target.publish({**GOOD, "key": "labels", "fields": {**GOOD["fields"], **fields}, "label": LABELS[0]})
    record = target.create("admin", "labels", name="x", **{key: key for key in fields})

    shown = target["admin"].get("/forms/labels").get_data(as_text=True)
    assert record["values"]["f3"] == "f3"
    assert record["values"]["f4"] == "f4"
    assert "{{7*7}}" in shown


def test_a_pattern_that_explodes_elsewhere_is_fast_here(target: Target) -> None:
    pattern = {"type": "text", "label": "A", "pattern": "^(a+)+$", "max": 4000}
    target.publish({**GOOD, "key": "pattern", "fields": {**GOOD["fields"], "a": pattern}})

    target.attack("admin", "POST", "/forms/pattern/records", json={"values": {"a": "a" * 3000 + "!"}})
