"""The product under load: installed with the command line, filled by its own import, driven over HTTP."""

from __future__ import annotations

import csv
import http.cookies
import json
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load import Figure, Request, measure
from bench.server import Server, free_port, running
from bench.workload import STAGES, deal

ROOT = Path(__file__).resolve().parents[1]
LOGIN, PASSWORD = "worker", "benches-are-not-secret-42"
LIST = "/api/v1/forms/deal/records?view=by_amount&limit=20"


@dataclass(frozen=True, slots=True)
class Product:
    server: Server
    headers: Mapping[str, str]
    import_rows_per_s: float

    def create(self, count: int) -> Figure:
        return measure(
            "create", self.server, lambda i: self._post("/forms/deal/records", {"values": deal(i)}), count
        )

    def read(self, count: int, rows: int) -> Figure:
        def make(i: int) -> Request:
            return Request("GET", f"/api/v1/forms/deal/records/{1 + (i * 7919) % rows}", None, self.headers)

        return measure("read", self.server, make, count)

    def list(self, count: int) -> Figure:
        def make(i: int) -> Request:
            where = urllib.parse.quote(f'stage = "{STAGES[i % 6]}" and amount > 90000')
            return Request("GET", f"{LIST}&where={where}", None, self.headers)

        return measure("list", self.server, make, count)

    def view(self, count: int) -> Figure:
        return measure("view", self.server, lambda _i: Request("GET", LIST, None, self.headers), count)

    def complete(self, count: int) -> Figure:
        """Completing tasks; starting the processes is not measured."""
        warm_up = max(10, count // 10)
        tasks = iter([self._start(number + 1) for number in range(count + warm_up)])

        def make(_i: int) -> Request:
            return self._post(f"/tasks/{next(tasks)}/complete", {"outcome": "approve"})

        return measure("complete", self.server, make, count)

    def _start(self, record: int) -> int:
        process = self._ask(self._post("/processes", {"flow": "deal_approval", "record": record}))
        box = self._ask(Request("GET", "/api/v1/tasks?box=todo&limit=1", None, self.headers))
        assert box["items"][0]["process"] == process["id"]
        return int(box["items"][0]["id"])

    def _post(self, path: str, body: object) -> Request:
        headers = {**self.headers, "Content-Type": "application/json"}
        return Request("POST", f"/api/v1{path}", json.dumps(body).encode(), headers)

    def _ask(self, request: Request) -> dict[str, list[dict[str, int]]]:
        url = f"http://127.0.0.1:{self.server.port}{request.path}"
        asked = urllib.request.Request(url, request.body, dict(request.headers), method=request.method)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.load(answer)


@contextmanager
def product(folder: Path, rows: int, environment: Mapping[str, str]) -> Iterator[Product]:
    """A served workspace with `rows` deals."""
    run = _Command(folder / "data", environment)
    run("init")
    run("solution", "install", str(ROOT / "bench" / "solution"))
    run("user", "add", LOGIN, "--name", "Worker", "--role", "worker", "--password-stdin", text=PASSWORD)
    file = folder / "deals.csv"
    write_csv(file, rows)
    begun = time.perf_counter()
    run("data", "import", "deal", str(file), "--mapping", "deals")
    rows_per_s = rows / (time.perf_counter() - begun)
    port = free_port()
    command = [*run.program, "serve", "--data", str(run.data), "--port", str(port)]
    with running(command, port=port, ready="/readyz", folder=folder, environment=environment) as server:
        yield Product(server, sign_in(port), rows_per_s)


class _Command:
    def __init__(self, data: Path, environment: Mapping[str, str]) -> None:
        self.data = data
        self.environment = environment
        self.program = (sys.executable, "-m", "runtime.cli")

    def __call__(self, *arguments: str, text: str = "") -> None:
        command = [*self.program, *arguments, "--data", str(self.data)]
        subprocess.run(command, input=text, text=True, check=True, cwd=ROOT, capture_output=True)


def write_csv(file: Path, rows: int) -> None:
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(deal(0)))
        writer.writeheader()
        writer.writerows(deal(number) for number in range(rows))


def sign_in(port: int) -> dict[str, str]:
    """The headers of a signed-in caller."""
    body = json.dumps({"user": LOGIN, "password": PASSWORD}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/session", body, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        jar = http.cookies.SimpleCookie()
        for line in answer.headers.get_all("Set-Cookie") or ():
            jar.load(line)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
    return {"Cookie": cookie, "X-CSRF-Token": jar["dougong_csrf"].value}
