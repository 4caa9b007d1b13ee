"""What the product is compared with: a bare Flask application, and plain SQL. Both are scripts of others.

Their folder is named by DOUGONG_SHARED; they are run from a copy, because they write beside themselves.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load import Figure, Request, measure
from bench.server import Server, free_port, running
from bench.workload import deal

ROOT = Path(__file__).resolve().parents[1]
LIMIT_SCENARIOS = {
    "create": ("sqlite3 sync=full", "create+commit"),
    "read": ("sqlite3", "read"),
    "list": ("sqlite3", "list+count index"),
}


@dataclass(frozen=True, slots=True)
class Floor:
    server: Server

    def create(self, count: int) -> Figure:
        headers = {"Content-Type": "application/json"}
        return measure(
            "create",
            self.server,
            lambda i: Request("POST", "/create_sqlite", json.dumps(deal(abs(i))).encode(), headers),
            count,
        )

    def answer(self, count: int) -> Figure:
        """One row of 20 fields as JSON, without a database."""
        return measure("answer", self.server, lambda _i: Request("GET", "/row"), count)


def scripts(folder: Path) -> Path | None:
    """A copy of the scripts; None where they are absent."""
    source = Path(os.environ.get("DOUGONG_SHARED", ROOT.parent / "shared")) / "bench"
    if not (source / "wsgi_app.py").exists():
        return None
    return Path(shutil.copytree(source, folder / "floor", copy_function=shutil.copyfile))


def limits(copy: Path, rows: int, seconds: float) -> Mapping[str, float]:
    """CPU milliseconds of each scenario in plain SQL on SQLite; its file serves the floor's creates too."""
    command = [
        sys.executable,
        "limits.py",
        "--only",
        "sqlite",
        "--rows",
        str(rows),
        "--seconds",
        str(seconds),
    ]
    environment = os.environ | {"LIMITS_DIR": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=True)
    found = {
        (line["layer"], line["scenario"]): line["cpu_ms"]
        for line in map(json.loads, done.stdout.splitlines())
        if "cpu_ms" in line
    }
    return {name: float(found[place]) for name, place in LIMIT_SCENARIOS.items()}


@contextmanager
def floor(copy: Path) -> Iterator[Floor]:
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "8", "--no-ws", "--log-level", "error", "wsgi_app:wsgi"),
    ]
    environment = {"LIMITS_DIR": str(copy)}
    with running(command, port=port, ready="/hello", folder=copy, environment=environment) as server:
        yield Floor(server)
