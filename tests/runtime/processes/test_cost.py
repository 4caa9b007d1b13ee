"""What a decision costs, measured at the HTTP request (SEMANTICS §3): statements, and one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from runtime.access.tables import record_share
from runtime.db.statements import StatementCounter, count_statements
from tests.support.flow_files import approval, end, flow, patch, path

if TYPE_CHECKING:
    from tests.runtime.processes.conftest import Office

MANAGER, DIRECTORS = 'kind="manager"', 'kind="role" ref="director"'
REASON = '<dg:fields default="read"><dg:field name="reason" access="write"/></dg:fields>'


def decided_with(office: Office, login: str, **more: object) -> StatementCounter:
    """The statements of one completion; the caller's session is looked up by one more, left out here."""
    task = office.todo(login)[0]["id"]
    commits: list[object] = []

    def committed(conn: sa.Connection) -> None:
        commits.append(conn)

    for db_engine in office.database.db_engines:
        sa.event.listen(db_engine, "commit", committed)
    with count_statements(office.database) as counter:
        answer = office.decide(login, "approve", task, **more)
    for db_engine in office.database.db_engines:
        sa.event.remove(db_engine, "commit", committed)
    assert answer.status_code == 200, answer.json
    assert len(commits) == 1
    counter.statements = [one for one in counter.statements if "FROM session" not in one]
    return counter


def told(counter: StatementCounter) -> int:
    """The one row that has people told, however many they are (ADR 0011)."""
    rows = sum(one.startswith("INSERT INTO job") for one in counter.statements)
    assert rows == 1
    return rows


def test_a_decision_that_asks_the_next_costs_nine_statements_and_its_shares(office: Office) -> None:
    next_one = flow(
        "next",
        "request",
        approval("first", MANAGER),
        approval("second", DIRECTORS),
        end("done"),
        path("start", "first", "second", "done"),
        hold="all",
    )
    office.publish(next=next_one)
    office.start("next", office.create(customer=office.create(form="customer")["id"])["id"])

    counter = decided_with(office, "manager", command_id="c")

    shares = sum(record_share.name in one and one.startswith("INSERT") for one in counter.statements)
    assert shares == 1
    assert counter.count <= 9 + shares + told(counter), counter.statements


def test_the_last_decision_costs_nine_statements_its_history_and_its_hold(office: Office) -> None:
    last = flow(
        "last",
        "request",
        approval("ask", MANAGER, fields=REASON),
        patch("mark", state='"approved"'),
        end("done", "approved"),
        path("start", "ask", "mark", "done"),
        hold="all",
    )
    office.publish(last=last)
    record = office.create(customer=office.create(form="customer")["id"])
    office.start("last", record["id"])

    counter = decided_with(office, "manager", values={"reason": "fine"}, version=1, command_id="c")

    extra = sum(
        "record_history" in one or one.startswith("DELETE FROM record_hold") for one in counter.statements
    )
    assert extra == 3  # two changes of the record, one hold
    assert counter.count <= 9 + extra + told(counter), counter.statements
