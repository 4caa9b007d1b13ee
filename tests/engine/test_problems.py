"""What people read about a problem: texts by language, and parameters that are never interpreted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.problems import (
    ENGINE_LOCALE,
    LANGUAGES,
    DefinitionError,
    Problem,
    Register,
    Severity,
    Text,
    errors,
    pointer,
)

REGISTER = Register(
    {
        "en": {
            "a.b": Text("Field {label} is not {wanted}.", "Choose {wanted}."),
            "a.bare": Text("It is so."),
        },
        "zh-CN": {"a.b": Text("字段“{label}”不是 {wanted}。", "请选择 {wanted}。")},
    }
)
AMOUNT = {"zh-CN": "金额", "en": "Amount"}


def message(language: str = "en", **params: object) -> str:
    return REGISTER.message(Problem("a.b", params=params), language)


def test_a_text_is_filled_in_the_readers_language() -> None:
    problem = Problem("a.b", params={"label": "Amount", "wanted": 5})

    assert REGISTER.message(problem, "en") == "Field Amount is not 5."
    assert REGISTER.message(problem, "zh-CN") == "字段“Amount”不是 5。"
    assert REGISTER.hint(problem, "zh-CN") == "请选择 5。"


def test_a_label_is_shown_in_the_readers_language_else_in_one_it_has() -> None:
    assert message("en", label=AMOUNT, wanted=1) == "Field Amount is not 1."
    assert message("zh-CN", label=AMOUNT, wanted=1) == "字段“金额”不是 1。"
    assert message("en", label={"zh-CN": "金额"}, wanted=1) == "Field 金额 is not 1."
    assert message("en", label={}, wanted=1) == "Field  is not 1."


@pytest.mark.parametrize("kind", [list, tuple])
def test_lists_are_written_with_commas_and_labels_in_them_by_language(kind: type) -> None:
    assert message("zh-CN", label=kind([AMOUNT, "x", 3]), wanted=kind([])) == "字段“金额, x, 3”不是 。"


def test_a_parameter_that_was_not_given_stays_visible() -> None:
    assert message(wanted="red") == "Field {label} is not red."


@pytest.mark.parametrize(
    "tricky", ["{wanted}", "{label}", "{0}", "%s", "{wanted!r:>99}", "\\1", "{{", "${x}"]
)
def test_nothing_inside_a_parameter_is_interpreted(tricky: str) -> None:
    assert message(label=tricky, wanted="w") == f"Field {tricky} is not w."


@given(st.text(), st.text())
def test_whatever_the_parameters_hold_stands_in_the_message_as_it_is(label: str, wanted: str) -> None:
    assert message(label=label, wanted=wanted) == f"Field {label} is not {wanted}."


def test_an_unknown_code_is_shown_as_itself() -> None:
    unknown = Problem("a.unknown", params={"x": 1})

    assert (REGISTER.message(unknown, "en"), REGISTER.hint(unknown, "en")) == ("a.unknown", "")
    assert REGISTER.text("a.unknown", "en") is None


def test_a_language_we_do_not_speak_is_answered_in_english() -> None:
    assert message("fr", label="x", wanted="y") == "Field x is not y."


def test_a_text_without_hint_has_an_empty_one() -> None:
    assert REGISTER.hint(Problem("a.bare"), "en") == ""


def test_texts_of_several_folders_are_read_together(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        texts = {"house.full": {"message": language, "hint": "h"}}
        (tmp_path / language / "house.json").write_text(json.dumps(texts), encoding="utf-8")

    register = Register.read(ENGINE_LOCALE, tmp_path)

    assert register.codes("en") == register.codes("zh-CN")
    assert register.message(Problem("house.full"), "zh-CN") == "zh-CN"
    assert register.text("feel.syntax.empty", "zh-CN") is not None


def test_the_place_inside_a_document_is_a_json_pointer() -> None:
    assert pointer("fields", "a/b", "~c", 0) == "/fields/a~1b/~0c/0"
    assert pointer() == ""


def test_a_problem_is_moved_into_what_surrounds_it() -> None:
    inner = Problem("a.b", "/min")

    outer = inner.within("/fields/amount", "form/order").within("/x", "form/other")

    assert (outer.at, outer.document) == ("/x/fields/amount/min", "form/order")


def test_an_exception_carries_every_problem_and_names_them_for_the_log() -> None:
    warning = Problem("a.warned", severity=Severity.WARNING)
    raised = DefinitionError([Problem("a.b", "/x"), warning])

    assert raised.problems == (Problem("a.b", "/x"), warning)
    assert str(raised) == "a.b at /x, a.warned at /"
    assert errors(raised.problems) == (Problem("a.b", "/x"),)


def test_a_place_in_one_line_names_the_document_first() -> None:
    assert Problem("a.b", "/fields/x", document="form/deal").place == "form/deal/fields/x"
    assert Problem("a.b", "line 6", document="rules/large.rule").place == "rules/large.rule, line 6"
    assert Problem("a.b", "line 6").place == "line 6"
