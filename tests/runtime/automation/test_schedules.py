"""Schedules and relative dates on a clock that the test moves."""

from __future__ import annotations

from datetime import datetime
from threading import Barrier, Thread

import pytest

from runtime.automation import schedules
from runtime.automation.plans import SCHEDULE
from runtime.outbox.worker import Worker
from tests.runtime.automation.conftest import Shop

STALE = (
    'rule "Stale"\nevery day at 09:00\n'
    'for each todo where state = "open" and due_at < now() - duration("P7D")\n'
    "do set told = (if told = null then 0 else told) + 1\n"
)


def _told(shop: Shop) -> list[object]:
    return [one["told"] for one in sorted(shop.records("todo"), key=lambda one: str(one["name"]))]


def test_a_schedule_goes_through_the_records_every_day_and_catches_up_once(shop: Shop) -> None:
    """Rule 8: nothing happened for seven days."""
    for name, due in (("a", "2026-02-20T01:00:00Z"), ("b", "2026-03-01T01:00:00Z"), ("c", None)):
        shop.create("todo", name=name, due_at=due, state="open")
    shop.publish(stale=STALE)

    assert shop.work(minutes=30) == 0
    shop.work(hours=23, minutes=30)
    assert _told(shop) == [1, None, None]
    shop.work(days=10)

    assert _told(shop) == [2, 1, None]
    runs = shop.runs(rule="stale", state="done")
    assert [run["event"] for run in runs] == ["schedule"] * 3
    assert runs[0]["actor"]["name"] == "Dougong"
    history = shop["admin"].get(f"/forms/todo/records/{runs[0]['record']}/history").json["items"]
    assert history[0]["cause"] == "rule:stale"


def test_pages_keep_their_progress_and_two_workers_do_nothing_twice(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedules, "PAGE", 4)
    due = {"due_at": "2026-01-01T01:00:00Z", "state": "open"}
    shop.create_many("todo", ({"name": f"{number:03}", **due} for number in range(10)))
    shop.publish(stale=STALE)
    shop.clock.advance(days=1)
    handlers = shop.site.services.handlers
    broken: list[int] = []

    def dies_after_a_page(run: object) -> None:
        if not broken:
            broken.append(1)
            handlers_step = handlers[SCHEDULE].__self__._step  # type: ignore[attr-defined]  # one page of it
            run.write(lambda conn: handlers_step(conn, run))  # type: ignore[attr-defined]
            raise RuntimeError("killed")
        handlers[SCHEDULE](run)  # type: ignore[arg-type]

    shop["admin"].sign_in("admin", name="Admin")
    Worker([shop.workspace], {**handlers, SCHEDULE: dies_after_a_page}).run_due()
    assert sorted(map(str, _told(shop))).count("1") == 4
    shop.clock.advance(minutes=5)
    Worker([shop.workspace], handlers).run_due()
    Worker([shop.workspace], handlers).run_due()

    assert _told(shop) == [1] * 10


def test_two_workers_at_the_same_moment_do_nothing_twice(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "PAGE", 2)
    due = {"due_at": "2026-01-01T01:00:00Z", "state": "open"}
    shop.create_many("todo", ({"name": f"{number:03}", **due} for number in range(9)))
    shop.publish(
        stale=STALE,
        due='rule "Due" on todo\nwhen 61 days after due_at\ndo create todo with { name: "late " + name }\n',
    )
    shop.clock.advance(days=1)
    barrier = Barrier(2)

    def work() -> None:
        barrier.wait()
        for _ in range(3):
            Worker([shop.workspace], shop.site.services.handlers).run_due()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    shop["admin"].sign_in("admin", name="Admin")
    assert sorted(map(str, _told(shop))) == ["1"] * 9 + ["None"] * 9
    assert {run["state"] for run in shop.runs()} == {"done"}


def test_a_relative_date_comes_once_for_each_record_and_moment(shop: Shop) -> None:
    shop.publish(
        due='rule "Due" on todo\nwhen 30 minutes before due_at\nwhere state = "open"\n'
        "do set told = (if told = null then 0 else told) + 1\n"
    )
    shop.work(seconds=1)
    soon = shop.create("todo", name="a", due_at="2026-03-02T02:00:00Z", state="open")
    shop.create("todo", name="b", due_at="2026-03-02T03:00:00Z", state="done")
    shop.create("todo", name="c", due_at="2026-02-02T03:00:00Z", state="open")

    shop.work(minutes=29)
    assert _told(shop) == [None, None, None]
    shop.work(minutes=1)
    assert _told(shop) == [1, None, None]
    shop.work(hours=3)
    assert _told(shop) == [1, None, None]

    shop.update("todo", soon["id"], due_at="2026-03-02T08:00:00Z")
    shop.work(hours=5)
    assert _told(shop) == [2, None, None]


def test_a_rule_out_of_force_or_changed_leaves_no_old_run(shop: Shop) -> None:
    shop.publish(tick='rule "Tick"\nevery 15 minutes\ndo create todo with { name: "tick" }\n')
    shop.work(minutes=15)
    assert len(shop.records("todo")) == 1

    shop.publish(tick='rule "Tick"\nevery day at 00:00\ndo create todo with { name: "tock" }\n')
    shop.work(minutes=60)
    assert len(shop.records("todo")) == 1
    shop.work(hours=15)

    assert [one["name"] for one in shop.records("todo")] == ["tock", "tick"]
    run = shop.runs(rule="tick")[-1]
    assert datetime.fromisoformat(run["at"]).hour >= 16
    assert [word["text"] for word in run["actions"][0]["words"]][1] == "Name: tock"
