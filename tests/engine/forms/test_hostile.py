"""No document and no input makes the forms raise: everything wrong is a problem."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.forms.compile import CompiledForm, compile_form
from engine.forms.defaults import apply_defaults
from engine.forms.evaluate import check, settle, states
from engine.forms.facts import Facts
from engine.forms.merge import merge
from engine.forms.model import Form
from engine.forms.read import read_form
from engine.forms.render import render_tree
from engine.forms.roles import read_role
from engine.forms.views import read_view

FILES = sorted((Path(__file__).parent / "cases" / "forms").glob("*.json"))
GOOD: list[Any] = [json.loads(file.read_text(encoding="utf-8")) for file in FILES]
WORDS = ["", "a", "name", "lines", "subtable", "stage", "1 +", "sum(lines.amount)", "{x", "=now()", "old"]
TEXTS = st.sampled_from(WORDS)
LEAVES = st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats() | TEXTS
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS | st.just("type"), inner, max_size=3),
    max_leaves=8,
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def replaced(document: Any, path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.deepcopy(document)
    outer = changed
    for part in path[:-1]:
        outer = outer[part]
    outer[path[-1]] = value
    return changed


@st.composite
def broken(draw: st.DrawFn) -> Any:
    document = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 3))):
        document = replaced(document, draw(st.sampled_from(list(places(document)))), draw(JSON))
    return document


@settings(deadline=None)
@given(data=st.data())
def test_broken_forms_are_read_compiled_and_drawn(data: st.DataObject, forms: Mapping[str, Form]) -> None:
    reading = read_form(data.draw(broken()), "case")

    if reading.form is not None:
        compiled = compile_form(reading.form, forms)
        render_tree(compiled)
        assert compiled.table_plan.form == reading.form.key


@given(document=JSON)
def test_any_json_is_read_as_form_role_and_view(document: Any) -> None:
    assert read_form(document).problems
    assert read_role(document).problems
    assert read_view(document).problems


KEYS = ["name", "customer", "opportunity", "lines", "extras", "state", "gifts"]
PARTS = ["create", "update", "delete", "order", "values", "id", "product", "qty"]
NUMBERS = st.integers(-5, 2**70) | st.decimals(allow_nan=False, allow_infinity=False)
INPUT = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS + PARTS), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(data=INPUT)
def test_any_input_is_taken_or_refused(data: Any, compiled: Mapping[str, CompiledForm], facts: Facts) -> None:
    form = compiled["quote"]

    created = form.validators.create(data)
    settled = settle(form, apply_defaults(form, created.values, facts), None, facts)
    check(form, settled.values, None, facts)
    patched = form.validators.patch(data)
    merged = merge(form.form, settled.values, patched.values)
    states(form, merged.values, facts)

    assert created.problems or isinstance(data, dict)
