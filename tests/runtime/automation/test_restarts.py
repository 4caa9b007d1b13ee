"""Schedules and relative dates under `kill -9`: nothing is missed, nothing is done twice.

`make restarts` kills fifty times on each database and prints how many were missed and doubled; a few kills
are enough to see a broken promise.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from runtime.outbox.worker import Worker
from runtime.settings import Settings
from tests.runtime.automation.conftest import Shop

pytestmark = pytest.mark.thorough

RESTARTS = int(os.environ.get("DOUGONG_RESTARTS", "2"))
RECORDS = 12
EACH = (
    'rule "Each"\nevery 60 minutes\nfor each todo where state = "open"\n'
    "do create lead with { name: name, note: string(now()) }\n"
)
DUE = 'rule "Due" on todo\nwhen 0 minutes after due_at\ndo create lead with { name: "due " + name }\n'


@pytest.mark.timeout(600)
def test_killed_workers_miss_nothing_and_do_nothing_twice(shop: Shop, settings: Settings) -> None:
    first = shop.clock.now + timedelta(hours=1)
    moments = [first + timedelta(hours=hour) for hour in range(RESTARTS)]
    shop.create_many(
        "todo",
        (
            {"name": f"{number}", "state": "open", "due_at": moments[number % RESTARTS].isoformat()}
            for number in range(RECORDS)
        ),
    )
    shop.publish(each=EACH, due=DUE)

    interrupted = 0
    with _nest(settings) as nest:
        for moment in moments:
            _work_until_killed(nest, moment.isoformat())
            shop.clock.now = moment + timedelta(minutes=1)
            interrupted += Worker([shop.workspace], shop.site.services.handlers).run_due() > 0

    shop["admin"].sign_in("admin", name="Admin")
    done = Counter((str(run["rule"]), run["record"]) for run in _runs(shop))
    expected = {("each", record): RESTARTS for record in range(1, RECORDS + 1)}
    expected |= {("due", record): 1 for record in range(1, RECORDS + 1)}
    missed, doubled = Counter(expected) - done, done - Counter(expected)
    sys.stdout.write(
        f"{shop.workspace.database.dialect}: {RESTARTS} kills, {interrupted} left work behind: "
        f"{missed.total()} missed, {doubled.total()} doubled of {sum(expected.values())}\n"
    )
    assert (missed.total(), doubled.total()) == (0, 0)
    assert _count(shop) == sum(expected.values())


@contextmanager
def _nest(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    arguments = [str(settings.data_dir), settings.database_url]
    command = [sys.executable, "-m", "tests.runtime.automation.restarted", *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as nest:  # type: ignore[call-overload]
        yield nest
        nest.stdin.close()


def _work_until_killed(nest: subprocess.Popen[str], now: str) -> None:
    assert nest.stdin is not None
    assert nest.stdout is not None
    nest.stdin.write(f"{now}\n")
    nest.stdin.flush()
    worker = int(nest.stdout.readline())
    time.sleep(random.uniform(0.1, 1.2))  # any moment will do
    os.kill(worker, signal.SIGKILL)


def _runs(shop: Shop) -> list[dict[str, object]]:
    """All of them, page by page."""
    found: list[dict[str, object]] = []
    cursor = ""
    while True:
        answer = shop["admin"].get(f"/rule-runs?state=done&limit=200{cursor}").json
        found += answer["items"]
        if answer["next"] is None:
            return found
        cursor = f"&cursor={answer['next']}"


def _count(shop: Shop) -> int:
    answer = shop["admin"].get("/forms/lead/records?limit=1&count=exact")
    return int(answer.json["count"]["value"])
