"""`dougong conformance dmn`: plays the DMN Technology Compatibility Kit and says what passes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from engine.rules.decisions import compile_decisions, read_decisions
from engine.rules.decisions.compile import CompiledDecisions
from engine.rules.decisions.conformance import Failure, play, read_cases
from engine.rules.decisions.model import Model
from engine.values import DateTime, from_python

LEVELS: Final = ("compliance-level-2", "compliance-level-3")
SKIPPED: Final[Mapping[str, str]] = {"0076-feel-external-java": "calls Java classes"}


@dataclass(frozen=True, slots=True)
class FolderScore:
    """One folder of the kit; `total` counts results, not cases."""

    level: str
    folder: str
    total: int
    failures: tuple[Failure, ...]

    @property
    def share(self) -> float:
        return 1 - len(self.failures) / self.total if self.total else 1.0


def score_suite(suite: Path, now: DateTime) -> tuple[FolderScore, ...]:
    """Play all folders of levels 2 and 3 but those that are skipped for a reason."""
    return tuple(
        score_folder(level, folder, now)
        for level in LEVELS
        for folder in sorted((suite / "TestCases" / level).glob("*/"))
        if folder.name not in SKIPPED
    )


def score_folder(level: str, folder: Path, now: DateTime) -> FolderScore:
    """Play one folder; a test file without a readable model fails as a whole."""
    models = dict(_models(folder))
    total, failures = 0, []
    for file in sorted(folder.glob("*-test-*.xml")):
        cases = read_cases(file.read_bytes())
        total += sum(len(case.expectations) for case in cases)
        compiled = _compiled(file, models)
        for case in cases:
            failures += (
                play(case, compiled, now)
                if compiled is not None
                else [Failure(case.id, one.name, "the model cannot be read") for one in case.expectations]
            )
    return FolderScore(level, folder.name, total, tuple(failures))


def _models(folder: Path) -> Iterator[tuple[str, Model]]:
    for file in sorted(folder.glob("*.dmn")):
        model = read_decisions(file.read_bytes(), file.name).model
        if model is not None:
            yield file.stem, model


def _compiled(test: Path, models: Mapping[str, Model]) -> CompiledDecisions | None:
    """`<model>-test-01.xml` is about `<model>.dmn`; the other models of the folder can be imported."""
    model = models.get(test.stem.rpartition("-test-")[0])
    return None if model is None else compile_decisions(model, models.values())


@click.group()
def conformance() -> None:
    """一致性测试 / Test suites of the standards."""


@conformance.command()
@click.option("--suite", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Its folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def dmn(suite: Path | None, as_json: bool) -> None:
    """DMN 决策一致性 / Play the DMN Technology Compatibility Kit, levels 2 and 3."""
    folder = suite or Path(os.environ.get("DOUGONG_SHARED", "shared")) / "conformance" / "dmn-tck"
    if not (folder / "TestCases").is_dir():
        raise click.ClickException(f"{folder} 下没有 TestCases / There is no folder TestCases in {folder}.")
    moment = from_python(datetime.now(UTC), ZoneInfo("UTC"))
    assert isinstance(moment, DateTime)
    scores = score_suite(folder, moment)
    click.echo(json.dumps(summary(scores), ensure_ascii=False, indent=2) if as_json else report(scores))


def summary(scores: tuple[FolderScore, ...]) -> dict[str, object]:
    """The figures as JSON: per level, over folders, and every failure with its reason."""
    return {
        "levels": {level: _level(tuple(one for one in scores if one.level == level)) for level in LEVELS},
        "mean_over_folders": _mean(scores),
        "skipped": dict(SKIPPED),
        "failures": [
            {"folder": one.folder, "case": f.case, "result": f.result, "reason": f.reason}
            for one in scores
            for f in one.failures
        ],
    }


def _level(scores: tuple[FolderScore, ...]) -> dict[str, object]:
    total = sum(one.total for one in scores)
    return {
        "folders": len(scores),
        "total": total,
        "passed": total - sum(len(one.failures) for one in scores),
        "mean_over_folders": _mean(scores),
    }


def _mean(scores: tuple[FolderScore, ...]) -> float:
    return sum(one.share for one in scores) / len(scores) if scores else 0.0


def report(scores: tuple[FolderScore, ...]) -> str:
    lines = []
    for level in LEVELS:
        some = tuple(one for one in scores if one.level == level)
        total = sum(one.total for one in some)
        passed = total - sum(len(one.failures) for one in some)
        share = 100 * passed / total if total else 0.0
        mean = 100 * _mean(some)
        lines.append(f"{level}: {passed}/{total} ({share:.2f} %), {len(some)} folders, mean {mean:.2f} %")
    lines.append(f"mean over folders: {100 * _mean(scores):.2f} %")
    lines += [f"skipped: {folder}: {reason}" for folder, reason in SKIPPED.items()]
    lines += [f"{one.folder} {f.case} {f.result}: {f.reason}" for one in scores for f in one.failures]
    return "\n".join(lines)
