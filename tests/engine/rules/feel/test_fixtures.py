"""Python and the browser give the same answers; this side also keeps the fixtures fresh.

A new case needs only its `text`: the first run writes `ir`, `value` and `problems` and fails,
so that a person reads what was written before it is committed. The browser's side is `fixtures.test.ts`.
"""

from __future__ import annotations

import json

import pytest

from engine.rules.feel.ir import CLAIMED
from tests.engine.rules.feel.fixture_files import FixtureFile, files

FILES = files()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.stem)
def test_fixtures_hold_what_the_engine_answers(file: FixtureFile) -> None:
    document = json.loads(file.path.read_text(encoding="utf-8"))
    written = [{**case, **file.outcome(case)} for case in document["cases"]]

    stale = [case["text"] for case, fresh in zip(document["cases"], written, strict=True) if case != fresh]

    if stale:
        text = json.dumps({**document, "cases": written}, ensure_ascii=False, indent=1)
        file.path.write_text(text + "\n", encoding="utf-8")
    assert not stale, f"rewritten, read the difference: {stale}"


def test_the_browser_claims_every_expression_of_a_form() -> None:
    forms = next(file for file in FILES if file.path.stem == "forms")

    unclaimed = [case["text"] for case in forms.document["cases"] if forms.compiled(case).ir() is None]

    assert unclaimed == []


def test_every_claimed_function_has_a_case_that_the_browser_runs() -> None:
    irs = [json.dumps(file.compiled(case).ir()) for file in FILES for case in file.document["cases"]]

    untested = {name for name in CLAIMED if not any(f'["call", "{name}"' in ir for ir in irs)}

    assert untested == set()


def test_most_fixtures_are_claimed_by_the_browser() -> None:
    outcomes = [file.compiled(case).ir() for file in FILES for case in file.document["cases"]]

    assert sum(ir is not None for ir in outcomes) >= 0.9 * len(outcomes)
