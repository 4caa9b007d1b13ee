"""Definitions over HTTP: drafts, problems, plan, publishing, versions, roll back."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from engine.forms.fields import FIELD_TYPES
from runtime.publishing.words import TYPE_WORDS
from tests.support.browser import Browser

FORM: dict[str, Any] = {
    "key": "visit",
    "label": {"zh-CN": "拜访", "en": "Visit"},
    "title": "{subject}",
    "fields": {
        "subject": {"type": "text", "label": "Subject", "required": True},
        "cost": {"type": "money", "label": "Cost", "default": 12.5},
    },
}
VISIT = {"kind": "form", "key": "visit"}


def with_field(name: str, **field: object) -> dict[str, Any]:
    document = copy.deepcopy(FORM)
    document["fields"][name] = field
    return document


@pytest.fixture
def admin(browser: Browser) -> Browser:
    browser.sign_in()
    return browser


def keep(admin: Browser, document: object, rev: int = 0, kind: str = "form", key: str = "visit") -> Any:
    return admin.put(f"/drafts/{kind}/{key}", {"rev": rev, "document": document})


def publish(admin: Browser, document: object) -> Any:
    opened = admin.get("/drafts/form/visit")
    rev = opened.json["rev"] if opened.status_code == 200 else 0
    assert keep(admin, document, rev).status_code == 200
    return admin.post("/publish", {"drafts": [VISIT], "note": "because"})


def test_a_form_goes_from_draft_to_records(admin: Browser) -> None:
    kept = keep(admin, FORM)
    plan = admin.post("/publish?plan=1", {"drafts": [VISIT]})
    published = admin.post("/publish", {"drafts": [VISIT], "note": "first"})
    created = admin.post("/forms/visit/records", {"values": {"subject": "Hello"}})

    assert (kept.status_code, kept.json) == (200, {"rev": 1, "problems": []})
    assert [item["kind"] for item in plan.json["plan"]["items"]] == ["add_table"]
    assert published.json["versions"] == [{"kind": "form", "key": "visit", "version": 1}]
    assert created.status_code == 201, created.json
    assert created.json["values"]["cost"] == 12.5


def test_the_plan_says_in_the_callers_language_what_will_happen(admin: Browser) -> None:
    publish(admin, FORM)
    admin.post("/forms/visit/records", {"values": {"subject": "Hello"}})
    document = with_field("rival", type="select", label="竞品", options=[{"key": "a", "label": "A"}])
    del document["fields"]["cost"]
    keep(admin, document, 0)

    english = admin.post("/publish?plan=1", {"drafts": [VISIT]}).json["plan"]
    admin.language = "zh-CN"
    chinese = admin.post("/publish?plan=1", {"drafts": [VISIT]}).json["plan"]

    added, gone = english["items"]
    assert (added["kind"], added["field"], added["type"], added["danger"]) == (
        "add_column",
        "rival",
        "select",
        "none",
    )
    assert (gone["kind"], gone["rows_at_risk"], gone["danger"]) == ("unmap_column", 1, "attention")
    assert "1 records have a value" in gone["detail"]
    assert "1 条记录" in chinese["items"][1]["detail"]
    assert chinese["items"][0]["detail"] == "新增字段“竞品”（单选）；已有记录在这里暂时是空的。"
    assert gone["physical"].endswith(".cost")
    assert added["physical"] == "", "no column is allotted before"
    assert english["columns_added"] == 1


def test_a_new_formula_is_computed_for_old_records(admin: Browser) -> None:
    publish(admin, FORM)
    record = admin.post("/forms/visit/records", {"values": {"subject": "Hello", "cost": 40}}).json

    published = publish(admin, with_field("tax", type="money", label="Tax", formula="cost * 0.25"))
    again = admin.get(f"/forms/visit/records/{record['id']}").json

    assert published.status_code == 200
    assert again["values"]["tax"] == 10
    assert again["rev"] == record["rev"]


def test_problems_of_a_draft_come_with_place_and_hint_and_block_publishing(admin: Browser) -> None:
    broken = with_field("tax", type="money", label="Tax", formula="csot * 2")

    kept = keep(admin, broken)
    refused = admin.post("/publish", {"drafts": [VISIT]})

    [problem] = kept.json["problems"]
    assert problem["at"] == "/fields/tax/formula"
    assert "cost" in problem["message"] + problem["hint"]
    assert refused.status_code == 422
    assert refused.json["problems"][0]["code"] == problem["code"]
    assert admin.get("/forms/visit").status_code == 404


def test_two_editors_do_not_overwrite_each_other(admin: Browser) -> None:
    other = admin.another()
    other.sign_in("li", roles=["admin"])
    keep(admin, FORM)

    stale = keep(other, FORM, 0)
    leased = keep(other, FORM, 1)
    taken = other.put("/drafts/form/visit", {"rev": 1, "document": FORM, "take_over": True})

    assert (stale.status_code, leased.status_code, taken.status_code) == (409, 409, 200)
    assert leased.json["code"] == "publishing.draft.leased"


def test_versions_are_listed_and_the_old_one_comes_back(admin: Browser) -> None:
    publish(admin, FORM)
    publish(admin, with_field("extra", type="text", label="Extra"))

    plan = admin.post("/definitions/form/visit/roll-back?plan=1", {"version": 1})
    back = admin.post("/definitions/form/visit/roll-back", {"version": 1, "note": "too early"})
    versions = admin.get("/definitions/form/visit/versions").json["items"]
    first = admin.get("/definitions/form/visit?version=1").json

    assert [item["kind"] for item in plan.json["plan"]["items"]] == ["unmap_column"]
    assert back.status_code == 200
    assert [(one["version"], one["current"], one["note"]) for one in versions] == [
        (2, False, "because"),
        (1, True, "because"),
    ]
    assert versions[0]["published_by"]["name"] == "admin"
    assert first["document"]["fields"]["cost"]["default"] == 12.5
    assert admin.post("/definitions/form/visit/roll-back", {"version": 7}).status_code == 404


def test_definitions_and_drafts_are_listed_together(admin: Browser) -> None:
    publish(admin, FORM)
    view = {"key": "visits", "label": "Visits", "form": "visit", "columns": ["subject"]}
    keep(admin, view, kind="view", key="visits")

    everything = admin.get("/definitions").json["items"]
    forms = admin.get("/definitions?kind=form").json["items"]

    assert [(one["kind"], one["key"], one["version"], one["draft"]) for one in everything] == [
        ("form", "visit", 1, False),
        ("view", "visits", None, True),
    ]
    assert forms == everything[:1]
    assert forms[0]["label"] == {"zh-CN": "拜访", "en": "Visit"}
    assert everything[1]["label"] == "Visits", "a draft has its author's name before it is published"


def test_a_flow_is_edited_as_text(admin: Browser) -> None:
    wrong = admin.put("/drafts/flow/approval", {"rev": 0, "document": {}})
    kept = admin.put("/drafts/flow/approval", {"rev": 0, "text": "<!DOCTYPE x><x/>"})

    assert wrong.status_code == 422
    assert kept.json["problems"]
    assert admin.get("/drafts/flow/approval").json["text"] == "<!DOCTYPE x><x/>"


def test_a_preview_draws_what_is_not_published(admin: Browser) -> None:
    good = admin.post("/drafts/form/visit/preview", {"document": FORM})
    broken = admin.post("/drafts/form/visit/preview", {"document": {"key": "visit", "fields": []}})

    assert set(good.json["fields"]) == {"subject", "cost"}
    assert good.json["problems"] == []
    assert broken.status_code == 200
    assert broken.json["problems"]
    assert admin.post("/drafts/view/visits/preview", {"document": {}}).status_code == 422


def test_a_draft_can_be_discarded(admin: Browser) -> None:
    keep(admin, FORM)

    assert admin.delete("/drafts/form/visit").status_code == 204
    assert admin.delete("/drafts/form/visit").status_code == 404
    assert admin.get("/drafts/form/visit").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/definitions"),
        ("GET", "/drafts/form/visit"),
        ("PUT", "/drafts/form/visit"),
        ("POST", "/publish"),
        ("POST", "/definitions/form/visit/roll-back"),
    ],
)
def test_who_may_not_build_sees_and_changes_no_definition(browser: Browser, method: str, path: str) -> None:
    browser.sign_in("rep", roles=["rep"])

    assert browser.request(method, path, json={}).status_code == 403


def test_an_unknown_kind_or_key_is_refused(admin: Browser) -> None:
    assert admin.get("/definitions/robot/visit").status_code == 404
    assert admin.get("/definitions/form/nothing").status_code == 404
    assert admin.put("/drafts/form/owner", {"rev": 0, "document": {}}).status_code == 422
    assert admin.post("/publish", {"drafts": []}).status_code == 422
    assert admin.post("/publish", {"drafts": [VISIT]}).status_code == 404


def test_every_type_of_field_has_a_word_for_people() -> None:
    assert set(TYPE_WORDS) == set(FIELD_TYPES)
