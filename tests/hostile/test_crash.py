"""The process dies at any statement of a save or a decision: what is stored is as before, or as after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tests.support.flow_files import approval, edge, end, flow, patch

if TYPE_CHECKING:
    from tests.hostile.conftest import Target

FLOW = flow(
    "decide", "deal", approval("ask", 'kind="role" ref="admin"'), patch("mark", note='"decided"'),
    end("done"), edge("start", "ask"), edge("ask", "mark"), edge("mark", "done"),
)  # fmt: skip


class Killed(BaseException):
    """The process ended here: nothing above may catch it as an ordinary error."""


@contextmanager
def killed_at(number: int) -> Iterator[None]:
    """Ends the process before the statement with this number."""
    seen = 0

    def before(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            raise Killed

    sa.event.listen(sa.Engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", before)


def crashes(target: Target, login: str, method: str, path: str, body: dict[str, Any]) -> tuple[int, int]:
    """Crash at each statement until the request goes through; how many there were, and the status."""
    browser, before = target[login], target.tables()
    for number in range(1, 80):
        try:
            with killed_at(number):
                answer = browser.request(method, path, json=body)
        except Killed:
            assert target.tables() == before, f"half written at statement {number}"
            continue
        return number - 1, answer.status_code
    raise AssertionError("it never goes through")


def test_a_save_is_whole_or_not_there(target: Target) -> None:
    rows = {"create": [{"values": {"product": "kite", "price": 3}}]}
    record = target.create("rep", name="crash")
    path = f"/forms/deal/records/{record['id']}"

    statements, status = crashes(target, "rep", "PATCH", path, {"values": {"note": "saved", "lines": rows}})

    assert status == 200
    assert statements > 4
    after = target["rep"].get(path).json
    assert (after["values"]["note"], after["rev"]) == ("saved", 2)
    assert len(after["values"]["lines"]) == 1


def test_a_decision_is_whole_or_not_there(target: Target) -> None:
    target.publish_flow("decide", FLOW)
    record = target.create("rep", name="crash")
    assert target["admin"] is not None
    started = target["rep"].post("/processes", {"flow": "decide", "record": record["id"]})
    assert started.status_code == 201, started.json
    [task] = [
        one for one in target["admin"].get("/tasks").json["items"] if one["record"]["id"] == record["id"]
    ]
    body = {"outcome": "approve", "opinion": "yes"}

    statements, status = crashes(target, "admin", "POST", f"/tasks/{task['id']}/complete", body)

    assert status == 200
    assert statements > 5
    assert target["admin"].get(f"/processes/{started.json['id']}").json["status"] == "approved"
    assert target["rep"].get(f"/forms/deal/records/{record['id']}").json["values"]["note"] == "decided"
