"""`make bench`: CPU per request of the product, and its ratio to a bare Flask application and plain SQL."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import decisions, feel
from bench.floor import Floor, floor, limits, scripts
from bench.load import Figure
from bench.product import Product, product

GOALS = {"create": 3.0, "read": 1.6, "list": 4.0}
"""Ratios to keep: to the floor for create and read, to plain SQL plus the floor for a list."""
ROUNDS = 3


def main() -> int:
    arguments = _arguments()
    if arguments.rules:
        rules = _rules()
        print(json.dumps(rules, indent=2) if arguments.json else "\n".join(_rule_lines(rules)))
        return 0
    with tempfile.TemporaryDirectory(prefix="dougong-bench-") as name:
        report = _measure(Path(name), arguments)
    print(json.dumps(report, indent=2) if arguments.json else _table(report))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="machine-readable")
    parser.add_argument("--rules", action="store_true", help="only expressions and decision tables")
    parser.add_argument("--rows", type=int, default=100_000, help="deals in the list")
    parser.add_argument("--requests", type=int, default=1_500, help="requests per scenario")
    return parser.parse_args()


def _measure(folder: Path, arguments: argparse.Namespace) -> dict[str, object]:
    copy = scripts(folder)
    sql = limits(copy, arguments.rows, 1.5) if copy else {}
    with ExitStack() as servers:
        running = servers.enter_context(product(folder, arguments.rows, {}))
        app = servers.enter_context(floor(copy)) if copy else None
        figures, bare = _rounds(running, app, arguments)
        server = running.server
        about = {
            "start_s": server.started_s,
            "pss_mb": server.pss_mb(),
            "import_rows_per_s": running.import_rows_per_s,
        }
    return {
        "machine": {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()[0]},
        "rows": arguments.rows,
        "product": [asdict(figure) for figure in figures],
        "floor": {name: figure.cpu_ms for name, figure in bare.items()},
        "plain_sql": dict(sql),
        "ratios": _ratios(figures, bare, sql),
        "goals": GOALS,
        **_rules(),
        **about,
    }


def _rules() -> dict[str, dict[str, float]]:
    return {"feel": feel.figures(), "decisions": decisions.figures()}


def _rule_lines(report: Mapping[str, Any]) -> list[str]:
    return [*feel.lines(report["feel"]), *decisions.lines(report["decisions"])]


def _rounds(
    running: Product, app: Floor | None, arguments: argparse.Namespace
) -> tuple[list[Figure], dict[str, Figure]]:
    """Product and floor in turn, three times, the middle figure of each: neighbours on the machine make every
    request dearer while they work, and would spoil a ratio of two figures from different minutes."""
    own: dict[str, list[Figure]] = {}
    bare: dict[str, list[Figure]] = {}
    count = arguments.requests // ROUNDS
    for _ in range(ROUNDS):
        for figure in [app.answer(count), app.create(count)] if app else []:
            bare.setdefault(figure.name, []).append(figure)
        reads = [running.read(count, arguments.rows), running.view(count // 3), running.list(count // 3)]
        for figure in [*reads, running.create(count)]:
            own.setdefault(figure.name, []).append(figure)
    figures = [*map(_middle, own.values()), running.complete(arguments.requests // 3)]
    return figures, {name: _middle(rounds) for name, rounds in bare.items()}


def _middle(rounds: list[Figure]) -> Figure:
    return sorted(rounds, key=lambda figure: figure.cpu_ms)[len(rounds) // 2]


def _ratios(figures: list[Figure], bare: dict[str, Figure], sql: dict[str, float]) -> dict[str, float]:
    if not bare:
        return {}
    own = {figure.name: figure.cpu_ms for figure in figures}
    answer = bare["answer"].cpu_ms
    return {
        "create": own["create"] / bare["create"].cpu_ms,
        "read": own["read"] / (answer + sql["read"]),
        "view": own["view"] / (answer + 4 * sql["list"]),
        "list": own["list"] / (answer + 4 * sql["list"]),
        "complete": own["complete"] / bare["create"].cpu_ms,
    }


def _table(report: dict[str, object]) -> str:
    ratios, goals = report["ratios"], report["goals"]
    lines = [f"{'scenario':10} {'CPU ms':>8} {'p50 ms':>8} {'p95 ms':>8} {'ratio':>7} {'goal':>6}"]
    for figure in report["product"]:
        name = figure["name"]
        ratio = f"{ratios[name]:.2f}" if name in ratios else "NOT RUN"
        goal = f"{goals[name]:.1f}" if name in goals else ""
        times = " ".join(f"{figure[key]:8.3f}" for key in ("cpu_ms", "p50_ms", "p95_ms"))
        lines.append(f"{name:10} {times} {ratio:>7} {goal:>6}")
    lines.append(f"floor (Flask) {report['floor']}  plain SQL {report['plain_sql']}")
    lines.append(
        f"start {report['start_s']:.2f} s, memory {report['pss_mb']:.0f} MB, "
        f"import {report['import_rows_per_s']:.0f} rows/s, load {report['machine']['load']:.2f}"
    )
    lines += _rule_lines(report)
    if not ratios:
        lines.append("NOT RUN: ratios, because the scripts to compare with are absent (set DOUGONG_SHARED)")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
