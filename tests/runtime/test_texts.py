"""Every code has a text in both languages, and both name the same values."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.problems import ENGINE_LOCALE, LANGUAGES

RUNTIME = Path(__file__).parents[2] / "runtime"
LOCALE = RUNTIME / "locale"
FILES = sorted({file.name for language in LANGUAGES for file in (LOCALE / language).glob("*.json")})
RAISED_WITH = {"because", "Problem"}


def texts(folder: Path, language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for file in (folder / language).glob("*.json"):
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", FILES)
def test_both_languages_have_the_same_texts_with_the_same_values(name: str) -> None:
    chinese, english = (json.loads((LOCALE / one / name).read_text(encoding="utf-8")) for one in LANGUAGES)

    def values(text: dict[str, str]) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", " ".join(text.values())))

    assert chinese.keys() == english.keys()
    assert {code: values(text) for code, text in chinese.items()} == {
        code: values(text) for code, text in english.items()
    }


def codes_in(tree: ast.AST) -> Iterator[str]:
    """First arguments, where they are written out, of the calls that make problems."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in RAISED_WITH and isinstance(node.args[0].value, str):
                yield node.args[0].value


@pytest.mark.parametrize(
    "room", ["db", "http", "identity", "outbox", "public", "backup", "commands", "composition"]
)
def test_every_code_of_these_rooms_has_a_text(room: str) -> None:
    known = texts(LOCALE, "en").keys() | texts(ENGINE_LOCALE, "en").keys()
    files = (RUNTIME / room).rglob("*.py")

    used = {code for file in files for code in codes_in(ast.parse(file.read_text(encoding="utf-8")))}

    assert used - known == set()
