"""Every problem of forms, roles and views is said in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import engine.forms
from engine.problems import ENGINE_LOCALE, LANGUAGES, Register

_CODE = re.compile(r'"((?:form|role|view)\.[a-z-]+(?:\.[a-z-]+)*)"')
SOURCES = [*Path(engine.forms.__file__).parent.rglob("*.py")]
CODES = {code for source in SOURCES for code in _CODE.findall(source.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_text_and_no_text_is_left_over(language: str) -> None:
    known = {code for code in Register.read(ENGINE_LOCALE).codes(language) if _CODE.fullmatch(f'"{code}"')}

    assert known == CODES


def test_both_languages_name_the_same_parameters() -> None:
    register = Register.read(ENGINE_LOCALE)
    parts_of_patterns = {"seq", "yyyy", "yy", "MM", "dd"}

    for code in CODES:
        texts = [register.text(code, language) for language in LANGUAGES]
        names = [set(re.findall(r"\{(\w+)\}", text.message + text.hint)) for text in texts if text]
        assert names[0] - parts_of_patterns == names[1] - parts_of_patterns, code
