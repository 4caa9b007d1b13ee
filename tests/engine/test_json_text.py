"""Strict JSON: exact numbers, all problems at once, with their places."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.json_text import MAX_DEPTH, parse_json
from engine.problems import ENGINE_LOCALE, Register, Span

LETTERS = st.characters(codec="utf-8", exclude_characters="\x00")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(LETTERS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS), inner, max_size=4),
    max_leaves=20,
)


def faults(text: str | bytes) -> list[tuple[str, str]]:
    return [(problem.code, problem.at) for problem in parse_json(text).problems]


@given(VALUES)
def test_what_json_writes_is_read_back(value: object) -> None:
    assert parse_json(json.dumps(value)) == (value, ())
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == (value, ())


def test_numbers_are_exact() -> None:
    value, problems = parse_json('{"a": 19.99, "b": 1e2, "c": 12345678901234567890}')

    assert not problems
    assert value == {"a": Decimal("19.99"), "b": Decimal(100), "c": 12345678901234567890}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1, "a": 3}', [("json.key-duplicate", "/a")]),
        (
            '{"a": [{"x": 1, "x": 2}], "b": 1, "b": 2}',
            [("json.key-duplicate", at) for at in ("/b", "/a/0/x")],
        ),
        ('{"a": [1, NaN], "b": -Infinity}', [("json.number-constant", at) for at in ("/a/1", "/b")]),
        (r'{"a": "\ud800", "b": "\ud83d\ude00"}', [("json.character", "/a")]),
        (r'["a\u0000b"]', [("json.character", "/0")]),
        (r'{"\udc00": 1}', [("json.character", "")]),
        ("[" + "9" * 401 + "]", [("json.number-length", "/0")]),
        ("[0." + "9" * 401 + "]", [("json.number-length", "/0")]),
        ('{"a": 1', [("json.syntax", "")]),
        ("", [("json.syntax", "")]),
        ("{'a': 1}", [("json.syntax", "")]),
        (b"\xff\xfe", [("json.encoding", "")]),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), [("json.depth", "")]),
        ("[" * 200_000, [("json.depth", "")]),
    ],
)
def test_ambiguous_json_is_refused_with_its_places(
    text: str | bytes, expected: list[tuple[str, str]]
) -> None:
    assert faults(text) == expected
    assert parse_json(text).value is None


def test_the_greatest_allowed_depth_is_read() -> None:
    assert not parse_json("[" * MAX_DEPTH + "]" * MAX_DEPTH).problems


def test_brackets_inside_strings_are_no_nesting() -> None:
    assert not parse_json(json.dumps(["[" * 100, '\\"' + "{" * 100])).problems


def test_a_byte_order_mark_is_ignored() -> None:
    assert parse_json(b"\xef\xbb\xbf[1]") == ([1], ())


def test_a_syntax_error_has_line_column_and_span() -> None:
    (problem,) = parse_json('{\n  "a": 1\n  "b": 2}').problems

    assert problem.params == {"line": 3, "column": 3}
    assert problem.span == Span(13, 14)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_code_has_its_text(language: str) -> None:
    register = Register.read(ENGINE_LOCALE)
    codes = ["syntax", "encoding", "depth", "key-duplicate", "number-constant", "number-length", "character"]

    assert {f"json.{code}" for code in codes} <= register.codes(language)
