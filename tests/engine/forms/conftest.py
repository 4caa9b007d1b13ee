"""A small sales workspace: customer, product, opportunity, quote with lines; and cases as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.forms.compile import CompiledForm, compile_form
from engine.forms.facts import Facts, Related
from engine.forms.model import Form
from engine.forms.read import read_form
from engine.json_text import parse_json

CASES = Path(__file__).parent / "cases"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def _load(name: str) -> Any:
    value, problems = parse_json((CASES / name).read_bytes())
    assert not problems, name
    return value


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with an argument that is named like a file of cases runs once for each of them."""
    for name in ("documents", "compiled", "values", "records", "texts"):
        if f"{name}_case" in metafunc.fixturenames:
            cases = _load(f"{name}.json")
            metafunc.parametrize(f"{name}_case", cases, ids=[case["name"] for case in cases])


@pytest.fixture(scope="session")
def forms() -> Mapping[str, Form]:
    read = {}
    for file in sorted((CASES / "forms").glob("*.json")):
        reading = read_form(_load(f"forms/{file.name}"))
        assert not reading.problems, file.name
        assert reading.form is not None
        read[reading.form.key] = reading.form
    return read


@pytest.fixture(scope="session")
def compiled(forms: Mapping[str, Form]) -> Mapping[str, CompiledForm]:
    return {key: compile_form(form, forms) for key, form in forms.items()}


@pytest.fixture(scope="session")
def make(forms: Mapping[str, Form]) -> Callable[..., CompiledForm]:
    """Compiles a form of the given fields among the others."""

    def compiled_form(fields: Mapping[str, object], **more: object) -> CompiledForm:
        document = {"key": "case", "label": "Case", "fields": fields, **more}
        reading = read_form(document)
        assert reading.form is not None
        assert not reading.problems
        return compile_form(reading.form, forms)

    return compiled_form


@pytest.fixture(scope="session")
def facts() -> Facts:
    """2026-11-24 10:00 in Shanghai; Mei acts, who is no manager."""
    related = {
        "customer": {
            1: Related("Ada", {"level": "a", "credit": Decimal("500.00"), "parent_customer": 2}),
            2: Related("Bob", {"level": "b", "credit": None, "parent_customer": None}),
        },
        "product": {7: Related("Desk", {"list_price": Decimal("50.00")})},
        "opportunity": {5: Related("Five", {"customer": 1, "name": "Five desks"})},
    }
    user = {"id": 3, "title": "Mei", "name": "Mei", "roles": ["rep"], "departments": [2]}
    return Facts.at(datetime(2026, 11, 24, 2, 0, tzinfo=UTC), SHANGHAI, user, related)
