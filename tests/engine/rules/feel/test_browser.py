"""The browser answers the DMN TCK's expressions as the server does, wherever it claims one at all."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from engine.rules.feel import compile_expression
from engine.values import DateTime, date_time_from_text
from tests.engine.rules.feel import tck
from tests.engine.rules.feel.fixture_files import plain

BROWSER_SIDE: Final = Path(__file__).parents[4] / "builder_ui"
NOW: Final = "2026-01-31T00:30:00Z"
ZONE: Final = "Asia/Shanghai"
LEAST_CLAIMED: Final = 0.6
"""SEMANTICS §5: of all cases."""


@pytest.mark.conformance
@pytest.mark.timeout(300)
def test_the_browser_answers_the_suites_expressions_as_the_server_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tck.need()
    cases = list(_cases())
    claimed = [case for case in cases if case["ir"] is not None]
    document = {"now": NOW, "zone": ZONE, "types": {}, "values": {}, "cases": claimed}
    (tmp_path / "tck.json").write_text(json.dumps(document), encoding="utf-8")

    environment = {**os.environ, "DOUGONG_FEEL_FIXTURES": str(tmp_path)}
    command = ["npx", "vitest", "run", "--reporter=dot", "src/rules/feel/fixtures.test.ts"]
    run = subprocess.run(
        command, cwd=BROWSER_SIDE, env=environment, capture_output=True, text=True, check=False
    )

    with capsys.disabled():
        print(f"\nDMN TCK in the browser: claims {len(claimed)} of {len(cases)} expressions")  # noqa: T201  # a published figure
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
    assert len(claimed) >= LEAST_CLAIMED * len(cases)


def _cases() -> Iterator[dict[str, Any]]:
    """Each expression as both sides get it; values that JSON cannot carry exactly are left out."""
    moment = date_time_from_text(NOW)
    assert moment is not None
    now = DateTime.from_instant(moment.instant, ZONE)
    for case in tck.cases():
        typed = {name: _typed(value) for name, value in case.values.items()}
        known = {name: one for name, one in typed.items() if one is not None}
        if len(known) < len(typed):
            continue
        compiled = compile_expression(case.text, case.scope)
        result = compiled.evaluate(case.values, now=now)
        yield {
            "text": f"{case.name}: {case.text}",
            "ir": compiled.ir(),
            "types": dict.fromkeys(case.scope.names, "any")
            | {name: kind for name, (kind, _) in known.items()},
            "values": {name: value for name, (_, value) in known.items()},
            "value": plain(result.value) if compiled.ir() is not None else None,
            "problems": [problem.code for problem in result.problems],
        }


def _typed(value: object) -> tuple[object, object] | None:
    """A value as the API sends it, with its type; None if that is not exact."""
    if value is None:
        return "any", None
    if isinstance(value, bool):
        return "boolean", value
    if isinstance(value, str):
        return "string", value
    if isinstance(value, int | Decimal):
        number = plain(value)
        return None if isinstance(number, Mapping) else ("number", number)
    return None
