"""The DMN Technology Compatibility Kit, folder by folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from engine.rules.decisions import read_decisions, table_from_json, table_to_json, write_decisions
from engine.values import Date, DateTime, Time
from runtime.commands.conformance import LEVELS, report, score_suite

ROOT = Path(__file__).parents[4]
KIT = Path(os.environ.get("DOUGONG_SHARED", ROOT.parent / "shared")) / "conformance/dmn-tck"
NOW = DateTime(Date(2026, 1, 1), Time(0, 0, 0, 0, 0))

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not KIT.is_dir(), reason=f"NOT RUN: no test cases at {KIT} (set DOUGONG_SHARED)"),
]


def test_at_least_98_percent_of_the_results_and_of_each_folder_on_average_pass(capsys):
    scores = score_suite(KIT, NOW)

    total = sum(one.total for one in scores)
    passed = total - sum(len(one.failures) for one in scores)
    with capsys.disabled():
        sys.stdout.write("\n" + report(scores) + "\n")
    assert {one.level for one in scores} == {*LEVELS}
    assert passed >= 0.98 * total
    assert sum(one.share for one in scores) >= 0.98 * len(scores)


def test_every_file_is_written_without_loss_and_every_table_survives_the_grid():
    for file in sorted(KIT.rglob("*.dmn")):
        model = read_decisions(file.read_bytes()).model
        assert model is not None, file.name
        assert read_decisions(write_decisions(model)).model == model, file.name
        for key in model.elements:
            grid = table_to_json(model, key)
            assert grid is None or table_from_json(model, key, grid).model == model, file.name
