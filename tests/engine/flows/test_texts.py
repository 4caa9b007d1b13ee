"""Every code has its words in both languages, and the reference shows what is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine import flows
from engine.flows import Outcome, read_bpmn
from engine.flows.rule import Dedupe, FieldAccess, OnEmpty, OnSelf, Opinion, RejectWhen, ResolverKind
from engine.problems import ENGINE_LOCALE, LANGUAGES, Problem, Register

ROOM = Path(flows.__file__).parent
REFERENCE = ROOM.parents[1] / "docs/reference/bpmn-extension.md"
CODES = {
    code
    for path in ROOM.rglob("*.py")
    for code in re.findall(r'"(flow\.[a-z.-]+)"', path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_text_and_every_text_a_code(language):
    register = Register.read(ENGINE_LOCALE)

    assert {code for code in register.codes(language) if code.startswith("flow.")} == CODES
    assert all(register.hint(Problem(code), language) for code in CODES)


def test_both_languages_name_the_same_parameters():
    register = Register.read(ENGINE_LOCALE)

    def named(code: str, language: str) -> set[str]:
        text = register.text(code, language)
        assert text is not None
        return set(re.findall(r"{(\w+)}", text.message + text.hint))

    assert {code for code in CODES if named(code, "en") != named(code, "zh-CN")} == set()


def test_the_example_of_the_reference_is_deployable():
    (example,) = re.findall(r"```xml\n(<\?xml.*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)

    reading = read_bpmn(example.encode())

    assert (reading.outcome, reading.problems) == (Outcome.DEPLOYABLE, ())


@pytest.mark.parametrize("words", [ResolverKind, OnEmpty, OnSelf, Dedupe, RejectWhen, Opinion, FieldAccess])
def test_the_reference_names_every_word(words):
    text = REFERENCE.read_text(encoding="utf-8")

    assert [word for word in words if f"`{word}`" not in text] == []
