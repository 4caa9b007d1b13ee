"""A rule that is being written: one tree behind a Chinese text, an English text and a structure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import Browser

LEAD: dict[str, Any] = {
    "key": "lead",
    "label": {"zh-CN": "线索", "en": "Lead"},
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": {"zh-CN": "名称", "en": "Name"}},
        "note": {"type": "text", "label": {"zh-CN": "备注", "en": "Remark"}},
        "source": {
            "type": "select",
            "label": {"zh-CN": "来源", "en": "Source"},
            "options": [{"key": "website", "label": {"zh-CN": "官网", "en": "Website"}}],
        },
    },
}
TEXT = (
    'rule "New" on lead\nwhen  created\nwhere source = "website"\n'
    'do    assign owner round robin among group("east")\n      set note = name\n'
)
TESTS = (
    '\ntest "from the website" given { name: "Acme", source: "website" } expect note = "Acme"\n'
    '\ntest "wrong" given { source: "website" } expect nothing\n'
)
PREVIEW = "/drafts/rule/fresh/preview"


@pytest.fixture
def admin(browser: Browser) -> Browser:
    browser.sign_in()
    browser.put("/drafts/form/lead", {"rev": 0, "document": LEAD})
    published = browser.post("/publish", {"drafts": [{"kind": "form", "key": "lead"}]})
    assert published.status_code == 200, published.json
    browser.put("/groups/east", {"name": "华东", "members": []})
    return browser


def test_a_rule_is_one_tree_behind_its_texts(admin: Browser) -> None:
    first = admin.post(PREVIEW, {"text": TEXT + TESTS}).json

    chinese = admin.post(PREVIEW, {"text": first["views"]["zh-CN"], "view": "zh-CN"}).json
    english = admin.post(PREVIEW, {"text": first["views"]["en"], "view": "en"}).json
    structure = admin.post(PREVIEW, {"ast": first["ast"], "view": "zh-CN"}).json

    assert first["text"].startswith(TEXT)
    assert '条件 来源 = "官网"\n' in first["views"]["zh-CN"]
    assert '组("华东")' in first["views"]["zh-CN"]
    assert "set Remark = Name" in first["views"]["en"]
    assert chinese["text"] == english["text"] == structure["text"] == first["text"]
    assert [(test["name"], test["passed"]) for test in first["tests"]] == [
        ("from the website", True),
        ("wrong", False),
    ]
    assert first["problems"] == []


def test_problems_stand_in_the_text_that_was_sent(admin: Browser) -> None:
    wrong = admin.post(PREVIEW, {"text": TEXT.replace("= name", "= nme + name")}).json
    chinese = wrong["views"]["zh-CN"]
    again = admin.post(PREVIEW, {"text": chinese, "view": "zh-CN"}).json
    structure = admin.post(PREVIEW, {"ast": wrong["ast"], "view": "zh-CN"}).json
    unread = admin.post(PREVIEW, {"text": chinese.replace("新增", "新曾"), "view": "zh-CN"}).json

    for answer, text in ((again, chinese), (structure, structure["views"]["zh-CN"])):
        problem = answer["problems"][0]
        assert text[problem["span"]["start"] : problem["span"]["end"]] == "nme"
        assert problem["at"] == "line 5"
    assert (unread["text"], unread["views"], unread["ast"], unread["tests"]) == (None, None, None, [])
    assert unread["problems"][0]["span"]["start"] == chinese.index("新增")


def test_a_failing_test_points_at_what_it_expected(admin: Browser) -> None:
    answer = admin.post(PREVIEW, {"text": TEXT + TESTS}).json
    shown = admin.post(PREVIEW, {"ast": answer["ast"], "view": "zh-CN"}).json

    span = shown["tests"][1]["problems"][0]["span"]

    assert shown["views"]["zh-CN"][span["start"] : span["end"]] == "无"


def test_an_unfinished_rule_is_shown_as_far_as_it_goes(admin: Browser) -> None:
    begun = admin.post(PREVIEW, {"text": 'rule "New" on lead\nwhen created\n'}).json
    chinese = admin.post(PREVIEW, {"ast": begun["ast"], "view": "zh-CN"}).json

    assert begun["ast"]["do"] == []
    assert begun["text"] == 'rule "New" on lead\nwhen  created\n'
    assert [problem["code"] for problem in chinese["problems"]] == ["language.clause.missing-actions"]
    trigger = chinese["ast"]["triggers"][0]["span"]
    assert chinese["views"]["zh-CN"][trigger[0] : trigger[1]] == "当   新增"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "publishing.rule.text-or-ast"),
        ({"text": TEXT, "ast": {"type": "Rule"}}, "publishing.rule.text-or-ast"),
    ],
)
def test_a_rule_is_sent_as_text_or_as_tree(admin: Browser, body: object, code: str) -> None:
    refused = admin.post(PREVIEW, body)

    assert (refused.status_code, refused.json["code"]) == (422, code)


def test_a_tree_that_is_none_is_answered_with_problems(admin: Browser) -> None:
    tree = admin.post(PREVIEW, {"text": TEXT}).json["ast"]
    broken = [
        {},
        {"type": "Set", "values": []},
        {**tree, "do": [{"type": "Set", "values": []}]},
        {**tree, "where": "true\ndo reject with message"},
    ]

    answers = [admin.post(PREVIEW, {"ast": one}) for one in broken]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert all(answer.json["problems"] and answer.json["ast"] is None for answer in answers)


def test_the_list_of_definitions_tells_whose_records_wake_a_rule(admin: Browser) -> None:
    admin.put("/drafts/rule/fresh", {"rev": 0, "text": TEXT})
    admin.put("/drafts/rule/broken", {"rev": 0, "text": "nothing"})
    admin.put("/drafts/rule/begun", {"rev": 0, "text": 'rule "Begun" on lead\nwhen deleted\n'})

    items = admin.get("/definitions?kind=rule").json["items"]

    assert [(one["label"], one.get("form"), one.get("trigger")) for one in items] == [
        ("Begun", "lead", "Deleted"),
        ("broken", None, None),
        ("New", "lead", "Created"),
    ]
