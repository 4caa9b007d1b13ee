"""Whatever the two floors say to people is said in both languages, completely, and nothing is left over."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest

from engine.problems import LANGUAGES

ROOT = Path(__file__).parents[2]
FLOORS = ("engine", "runtime")
CODE = re.compile(r"[a-z]+(\.[A-Za-z0-9-]+)+")
JOINED = re.compile(r'"([a-z.-]+)" ~ \w+ ~ "([a-z.-]+)"')
PARAMETER = re.compile(r"\{(\w+)\}")
RAISED_WITH = frozenset({"Problem", "because"})
SAID_BY_THE_AUTHOR = frozenset({"form.check.rejected"})
"""Their message is a parameter, and so would be a hint."""
SAID_ON_SUCCESS = frozenset(
    {"imports.result.done", "imports.result.dry-run", "imports.result.errors"}
    | {"solutions.install.done", "solutions.lint.done", "notifications.mail.open"}
)
"""They pass through the register of problems, but nothing is wrong."""
PARTS_OF_NUMBERS = frozenset({"seq", "yyyy", "yy", "MM", "dd"})
"""Braces of auto-number patterns, which hints quote."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the program text of a floor says.

    raised    codes that a problem is made with, as far as they are written out
    called    those that any function gets as its first argument
    literals  every constant, for codes that reach their problem by another way
    shapes    f-strings, and joined texts of pages, split at their holes
    """

    raised: frozenset[str]
    called: frozenset[str]
    literals: frozenset[str]
    shapes: frozenset[tuple[str, ...]]

    def says(self, code: str) -> bool:
        return code in self.literals or any(self._makes(shape, code) for shape in self.shapes)

    def _makes(self, shape: tuple[str, ...], code: str) -> bool:
        """Whether the holes can be filled with constants so that the f-string gives the code."""
        found = re.fullmatch("(.+)".join(map(re.escape, shape)), code)
        if found is None:
            return False
        begins = "." in (shape[0] or found[1])
        return begins and self.literals.issuperset(found.groups())


def texts_of(floor: str, language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for file in sorted((ROOT / floor / "locale" / language).glob("*.json")):
        texts = json.loads(file.read_text(encoding="utf-8"))
        assert not texts.keys() & found.keys(), f"{file.name} repeats codes of another area"
        found |= texts
    return found


@cache
def source_of(floor: str) -> Source:
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted((ROOT / floor).rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    calls = [(called(node), literals_in(node.args[0])) for node in nodes if is_call(node)]
    constants = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    pages = " ".join(file.read_text(encoding="utf-8") for file in (ROOT / floor).rglob("*.html"))
    files = {file.name for file in (ROOT / floor).rglob("*.*")}
    joined = {found.groups() for found in JOINED.finditer(pages)}
    return Source(
        frozenset(code for name, codes in calls for code in codes if name in RAISED_WITH),
        frozenset(code for _, codes in calls for code in codes if CODE.fullmatch(code)) - files,
        frozenset(constants | {found[0] for found in CODE.finditer(pages)}),
        frozenset(shape_of(node) for node in nodes if isinstance(node, ast.JoinedStr)) | joined,
    )


def is_call(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and bool(node.args)


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def literals_in(argument: ast.expr) -> tuple[str, ...]:
    """The text of a literal, or of both branches of a conditional expression."""
    if isinstance(argument, ast.IfExp):
        return literals_in(argument.body) + literals_in(argument.orelse)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return (argument.value,)
    return ()


def shape_of(text: ast.JoinedStr) -> tuple[str, ...]:
    """`f"a.{b}.c"` is `("a.", ".c")`."""
    parts = [""]
    for part in text.values:
        if isinstance(part, ast.Constant):
            parts[-1] += str(part.value)
        else:
            parts.append("")
    return tuple(parts)


@pytest.mark.parametrize("floor", FLOORS)
def test_both_languages_say_the_same_with_the_same_parameters(floor: str) -> None:
    chinese, english = (texts_of(floor, language) for language in LANGUAGES)

    def parameters(text: dict[str, str]) -> set[str]:
        return set(PARAMETER.findall(" ".join(text.values()))) - PARTS_OF_NUMBERS

    assert chinese.keys() == english.keys()
    assert [code for code in english if parameters(english[code]) != parameters(chinese[code])] == []


@pytest.mark.parametrize("floor", FLOORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_a_message_and_perhaps_a_hint_and_both_say_something(floor: str, language: str) -> None:
    texts = texts_of(floor, language)

    odd = [code for code, text in texts.items() if not {"message"} <= text.keys() <= {"message", "hint"}]
    assert odd == []
    assert [code for code, text in texts.items() if not all(map(str.strip, text.values()))] == []


@pytest.mark.parametrize("floor", FLOORS)
def test_every_problem_has_a_message_and_a_hint_on_its_own_floor_or_below(floor: str) -> None:
    known = texts_of("engine", "en") | texts_of(floor, "en")
    areas = {code.partition(".")[0] for code in known}
    source = source_of(floor)

    said = source.raised | {code for code in source.called if code.partition(".")[0] in areas}

    assert said - known.keys() == set()
    without = {code for code in source.raised if "hint" not in known[code]}
    assert without - SAID_BY_THE_AUTHOR - SAID_ON_SUCCESS == set()


def test_all_that_the_engine_says_is_wrong_and_has_a_hint() -> None:
    texts = texts_of("engine", "en")

    assert {code for code, text in texts.items() if "hint" not in text} == SAID_BY_THE_AUTHOR


@pytest.mark.parametrize("floor", FLOORS)
def test_no_text_is_left_that_nobody_says(floor: str) -> None:
    source = source_of(floor)

    assert [code for code in texts_of(floor, "en") if not source.says(code)] == []
