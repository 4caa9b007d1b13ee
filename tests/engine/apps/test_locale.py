"""Texts of rules in a second language: files of a package, one definition, linked with their rules."""

from __future__ import annotations

import json

from engine.apps.definitions import Definition, read_definition
from engine.apps.kinds import Kind, Ref, file_of
from engine.apps.link import link
from engine.apps.locale import Locale, label_at, translations
from engine.apps.solution import PackageReading, read_package

FORM = {
    "key": "lead", "label": "Lead", "title": "{name}",
    "fields": {"name": {"type": "text", "label": "Name"}, "size": {"type": "number", "label": "Size"}},
}  # fmt: skip
RULE = """rule "Too large" on lead
when saving
where size > 3
do   reject size with message "{name} is too large"
"""
BUTTON = """rule "Tell" on lead
when button "Tell me"
do   set size = 1
     notify created_by with message "{name}"
"""
ZH = {
    "rule/large/label": "太大",
    "rule/large/actions/0/message": "{name} 太大了",
    "rule/tell/label": "通知",
    "rule/tell/triggers/0/label": "告诉我",
    "rule/tell/actions/1/message": "{name}",
}


def _read(zh: object = ZH, **files: object) -> PackageReading:
    manifest = {"key": "small", "version": "1.0", "label": "Small", "languages": ["zh-CN", "en"]}
    documents = {
        "solution.json": manifest,
        "forms/lead.json": FORM,
        "rules/large.rule": RULE,
        "rules/tell.rule": BUTTON,
        "locale/zh-CN.json": zh,
        **files,
    }
    return read_package(
        {
            path: (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)).encode()
            for path, one in documents.items()
        }
    )


def test_texts_of_every_place_are_one_definition_beside_the_rules() -> None:
    reading = _read()

    assert reading.problems == ()
    assert reading.package is not None
    locale = reading.package.definitions[Ref(Kind.LOCALE, "small")]
    linked = link(reading.package.definitions)
    assert isinstance(locale.model, Locale)
    assert (locale.label, file_of(locale.ref)) == ("Small", "locale")
    assert linked.problems == ()
    assert [one.source for one in linked.where_used(Kind.RULE, "tell")] == [locale.ref] * 3
    texts = translations([locale.model])
    assert label_at(texts, "rule/large/label", "Too large") == {"en": "Too large", "zh-CN": "太大"}
    assert label_at(texts, "rule/other/label", "Other") == "Other"


def test_what_is_missing_misplaced_or_malformed_is_said_with_its_file() -> None:
    some = {place: text for place, text in ZH.items() if "large" not in place}
    missing = _read(some)
    broken = _read({**ZH, "rule/large/label": ""}, **{"locale/fr.json": {}, "locale/en.json": "{"})

    assert missing.package is not None
    assert {(one.code, one.params["place"], one.is_error) for one in missing.problems} == {
        ("apps.locale.missing", "rule/large/label", False),
        ("apps.locale.missing", "rule/large/actions/0/message", False),
    }
    assert broken.package is None
    assert {one.document for one in broken.problems} == {
        "locale/fr.json", "locale/en.json", "locale/zh-CN.json",
    }  # fmt: skip


def _locale(key: str, texts: dict[str, str]) -> Definition:
    reading = read_definition(Kind.LOCALE, key, json.dumps({"key": key, "texts": {"zh-CN": texts}}))
    assert reading.definition is not None, reading.problems
    return reading.definition


def test_a_text_has_one_owner_a_place_and_the_fields_of_its_original() -> None:
    package = _read().package
    assert package is not None
    other = _locale("other", {"rule/large/label": "大", "rule/larg/label": "大", "flow/x/label": "流程"})
    wrong = _locale("wrong", {"rule/tell/actions/1/message": "{size}"})
    definitions = {**package.definitions, other.ref: other, wrong.ref: wrong}
    del definitions[Ref(Kind.LOCALE, "small")]

    alone = link(definitions).problems
    both = link({**definitions, Ref(Kind.LOCALE, "small"): package.definitions[Ref(Kind.LOCALE, "small")]})

    assert {(one.document, one.code, one.at.split("/", 3)[3], one.is_error) for one in alone} == {
        ("locale/other", "apps.locale.unknown-did-you-mean", "rule~1larg~1label", False),
        ("locale/other", "apps.locale.unknown", "flow~1x~1label", False),
        ("locale/wrong", "apps.locale.fields", "rule~1tell~1actions~11~1message", False),
    }
    assert [one.code for one in both.problems if one.is_error] == ["apps.locale.twice"] * 2


def test_a_translation_counts_as_long_as_the_rule_says_what_it_translates() -> None:
    package = _read().package
    assert package is not None
    ref = Ref(Kind.RULE, "large")
    rule = read_definition(Kind.RULE, "large", RULE.replace("Too large", "Much too large")).definition
    assert rule is not None

    linked = link({**package.definitions, ref: rule})

    assert linked.label(ref) == "Much too large"
    assert linked.label(Ref(Kind.RULE, "tell")) == {"en": "Tell", "zh-CN": "通知"}
    assert [(one.code, one.params["written"], one.is_error) for one in linked.problems] == [
        ("apps.locale.outdated", "Much too large", False)
    ]
