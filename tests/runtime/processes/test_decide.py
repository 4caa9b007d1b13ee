"""Finishing a task: once, by its person, on the record she saw, with the fields her node opens."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import sqlalchemy as sa

from runtime.processes.log import broken_seal
from runtime.processes.tables import process_log
from tests.support.flow_files import approval, edge, end, flow, gateway, patch, path, work

if TYPE_CHECKING:
    from tests.runtime.processes.conftest import Office

MANAGER, DIRECTORS = 'kind="manager"', 'kind="role" ref="director"'
OPEN_REASON = (
    '<dg:fields default="read"><dg:field name="reason" access="write"/>'
    '<dg:field name="secret" access="hidden"/></dg:fields>'
)


def ask(*who: str, fields: str = "", form: str = "request", **options: str) -> str:
    hold = options.pop("hold", "none")
    node = approval("asked", *who, fields=fields, **options)
    return flow("ask", form, node, end("done"), path("start", "asked", "done"), hold=hold)


def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(office: Office) -> None:
    office.publish(ask=ask(DIRECTORS, mode="any"))
    started = office.start("ask", office.create()["id"])
    tasks = {login: office.todo(login)[0]["id"] for login in ("ann", "bob")}
    together, answers = threading.Barrier(2), {}

    def decide(login: str) -> None:
        together.wait()
        answers[login] = office.decide(login, "approve", tasks[login])

    threads = [threading.Thread(target=decide, args=(login,)) for login in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers.values()) == [200, 409]
    refused = next(answer for answer in answers.values() if answer.status_code == 409)
    assert refused.json["code"] == "process.task.closed"
    log = office.process(started["id"])["log"]
    assert sum(line["kind"] == "decided" for line in log) == 1
    assert [line["seq"] for line in log] == list(range(1, len(log) + 1))


def test_under_all_two_who_decide_at_once_both_count(office: Office) -> None:
    office.publish(ask=ask(DIRECTORS, mode="all"))
    started = office.start("ask", office.create()["id"])
    tasks = {login: office.todo(login)[0]["id"] for login in ("ann", "bob")}
    together, answers = threading.Barrier(2), []

    def decide(login: str) -> None:
        together.wait()
        answers.append(office.decide(login, "approve", tasks[login]).status_code)

    threads = [threading.Thread(target=decide, args=(login,)) for login in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200, 200]
    assert office.process(started["id"])["status"] == "approved"


def test_the_same_command_twice_is_one_decision(office: Office) -> None:
    office.publish(ask=ask(MANAGER))
    started = office.start("ask", office.create()["id"])
    task = office.todo("manager")[0]["id"]

    answers = [office.decide("manager", "approve", task, command_id="c-1") for _ in range(2)]
    again = office.decide("manager", "approve", task, command_id="c-2")

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json == answers[1].json
    assert again.status_code == 409
    assert sum(line["kind"] == "decided" for line in office.process(started["id"])["log"]) == 1


def test_a_command_of_one_task_does_not_decide_another(office: Office) -> None:
    two = flow(
        "two",
        "request",
        approval("one", MANAGER),
        approval("other", MANAGER),
        end("done"),
        path("start", "one", "other", "done"),
    )
    office.publish(two=two)
    office.start("two", office.create()["id"])
    office.decide("manager", "approve", command_id="same")

    answer = office.decide("manager", "approve", command_id="same")

    assert (answer.status_code, answer.json["code"]) == (409, "process.command.reused")


def test_starting_twice_with_one_command_is_one_process(office: Office) -> None:
    office.publish(ask=ask(MANAGER))
    record = office.create()

    first = office.start("ask", record["id"], command_id="c-1")
    second = office.start("ask", record["id"], command_id="c-1")
    third = office["rep"].post("/processes", {"flow": "ask", "record": record["id"]})

    assert first["id"] == second["id"]
    assert (third.status_code, third.json["code"]) == (409, "process.already-running")


def test_of_two_who_start_a_flow_at_once_one_does(office: Office) -> None:
    office.publish(ask=ask('kind="user" ref="ann"'))
    record = office.create()
    together, answers = threading.Barrier(2), []

    def start(login: str) -> None:
        together.wait()
        answers.append(office[login].post("/processes", {"flow": "ask", "record": record["id"]}).status_code)

    threads = [threading.Thread(target=start, args=(login,)) for login in ("rep", "admin")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [201, 409]
    assert len(office.todo("ann")) == 1


def test_the_inbox_is_read_page_by_page(office: Office) -> None:
    office.publish(ask=ask(MANAGER))
    for number in range(5):
        office.start("ask", office.create(name=f"no {number}")["id"])

    first = office["manager"].get("/tasks?box=todo&limit=3").json
    second = office["manager"].get(f"/tasks?box=todo&limit=3&cursor={first['next']}").json

    titles = [task["title"] for page in (first, second) for task in page["items"]]
    assert titles == [f"no {number}" for number in (4, 3, 2, 1, 0)]
    assert (first["count"], second["next"]) == ({"value": 5, "exact": True}, None)


def test_a_task_of_somebody_else_does_not_exist(office: Office) -> None:
    office.publish(ask=ask(MANAGER))
    started = office.start("ask", office.create()["id"])
    task = office.todo("manager")[0]["id"]

    answers = [
        office.decide("other", "approve", task),
        office["other"].get(f"/tasks/{task}"),
        office["admin"].get(f"/tasks/{task}"),
        office["other"].get(f"/processes/{started['id']}"),
        office.decide("manager", "approve", 999),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert len(office.todo("manager")) == 1


def test_an_unknown_outcome_is_refused(office: Office) -> None:
    office.publish(ask=ask(MANAGER))
    office.start("ask", office.create()["id"])

    answer = office.decide("manager", "shrug")

    assert (answer.status_code, answer.json["code"]) == (422, "flow.task.action-unknown")


def test_the_author_names_what_comes_of_work(office: Office) -> None:
    node = work("pack", 'kind="initiator"', actions='<dg:action id="packed"/><dg:action id="lost"/>')
    drawing = (gateway("which", default="fine"), end("packed", "packed"), end("lost", "lost"))
    ways = (
        path("start", "pack", "which"),
        edge("which", "lost", 'nodes.pack.outcome = "lost"'),
        edge("which", "packed", key="fine"),
    )
    office.publish(parcel=flow("parcel", "request", node, *drawing, *ways))
    office.start("parcel", office.create()["id"])

    answer = office.decide("rep", "lost")

    assert answer.json["process"]["status"] == "lost"


def test_values_are_written_where_the_node_opens_them(office: Office) -> None:
    office.publish(ask=ask(MANAGER, fields=OPEN_REASON))
    record = office.create(reason="old", amount=5)
    started = office.start("ask", record["id"])

    closed = office.decide("manager", "approve", values={"reason": "new", "amount": 7})
    opened = office.decide("manager", "approve", values={"reason": "new"})

    assert closed.status_code == 422
    assert [(one["code"], one["at"]) for one in closed.json["problems"]] == [
        ("process.field.closed", "/amount")
    ]
    assert opened.status_code == 200
    values = office.record(record["id"])["values"]
    assert (values["reason"], values["amount"]) == ("new", 5)
    history = office["admin"].get(f"/forms/request/records/{record['id']}/history").json["items"][0]
    assert (history["actor"]["name"], history["cause"]) == ("Manager", f"process:{started['id']}")


def test_a_decision_that_the_record_refuses_is_no_decision(office: Office) -> None:
    fields = '<dg:fields default="read"><dg:field name="name" access="write"/></dg:fields>'
    office.publish(ask=ask(MANAGER, fields=fields))
    started = office.start("ask", office.create()["id"])

    answer = office.decide("manager", "approve", values={"name": None})

    assert answer.status_code == 422
    assert office.process(started["id"])["status"] == "running"
    assert len(office.todo("manager")) == 1


def test_what_a_node_requires_is_asked_of_who_approves(office: Office) -> None:
    fields = '<dg:fields default="read"><dg:field name="reason" access="required"/></dg:fields>'
    office.publish(ask=ask(MANAGER, fields=fields))
    office.start("ask", office.create(name="one")["id"])
    task = office.todo("manager")[0]["id"]

    render = office["manager"].get(f"/tasks/{task}").json["render"]["fields"]["reason"]
    empty = office.decide("manager", "approve")
    filled = office.decide("manager", "approve", values={"reason": "cheap"})
    office.start("ask", office.create(name="two")["id"])
    rejected = office.decide("manager", "reject")

    assert (render["access"], render["required"]) == ("write", True)
    assert (empty.status_code, empty.json["problems"][0]["at"]) == (422, "/reason")
    assert (filled.status_code, rejected.status_code) == (200, 200)


def test_single_columns_of_rows_can_be_opened(office: Office) -> None:
    fields = (
        '<dg:fields default="read"><dg:field name="lines.price" access="write"/>'
        '<dg:field name="lines.cost" access="hidden"/></dg:fields>'
    )
    office.publish(ask=ask(MANAGER, fields=fields, form="order"))
    lines = [{"values": {"product": "a", "price": 1, "cost": 2}}]
    record = office.create(form="order", lines=lines)
    office.start("ask", record["id"])
    row = record["values"]["lines"][0]["id"]

    def decide(**values: object) -> object:
        patch = {"update": [{"id": row, "values": values}]}
        return office.decide("manager", "approve", values={"lines": patch})

    shown = office["manager"].get(f"/tasks/{office.todo('manager')[0]['id']}").json
    product, removed = (
        decide(product="b"),
        office.decide("manager", "approve", values={"lines": {"delete": [row]}}),
    )
    price = decide(price=9)

    drawn = shown["render"]["fields"]["lines"]["fields"]
    assert {key: one["access"] for key, one in drawn.items()} == {"product": "read", "price": "write"}
    assert "cost" not in shown["record"]["values"]["lines"][0]["values"]
    assert product.json["problems"][0]["at"] == "/lines/update/0/values/product"
    assert (product.status_code, removed.status_code, price.status_code) == (422, 422, 200)
    assert office.record(record["id"], "order")["values"]["total"] == 9


def test_a_hidden_field_is_neither_drawn_nor_sent(office: Office) -> None:
    office.publish(ask=ask(MANAGER, fields=OPEN_REASON))
    office.start("ask", office.create(amount=3)["id"])

    shown = office["manager"].get(f"/tasks/{office.todo('manager')[0]['id']}").json

    assert "secret" not in shown["render"]["fields"]
    assert "secret" not in shown["record"]["values"]
    assert shown["render"]["fields"]["reason"]["access"] == "write"
    assert shown["render"]["fields"]["amount"]["access"] == "read"
    assert shown["record"]["values"]["amount"] == 3


def test_a_line_of_the_inbox_leaves_out_what_is_empty_or_zero(office: Office) -> None:
    office.publish(ask=ask(MANAGER))
    office.start("ask", office.create(name="Paper", amount=1200, discount=0)["id"])

    (line,) = office.todo("manager")

    assert line["summary"] == [{"label": "Amount", "text": "1,200.00", "type": "money"}]


def test_a_line_of_the_inbox_says_what_matters(office: Office) -> None:
    office.publish(ask=ask(MANAGER))
    office.start("ask", office.create(name="Paper", amount=1200, discount=0.1)["id"])

    line = office.todo("manager")[0]
    started = office.todo("rep", "started")[0]
    office.decide("manager", "approve", opinion="fine")
    done = office.todo("manager", "done")[0]

    assert (line["title"], line["initiator"]["name"]) == ("Paper", "Rep")
    assert [one["label"] for one in line["summary"]] == ["Amount", "Discount"]
    assert line["flow"]["label"]["en"] == "The ask flow"
    assert [action["id"] for action in line["actions"]] == ["approve", "reject"]
    assert (started["kind"], started["status"]) == ("process", "running")
    assert (done["outcome"], done["opinion"], done["actions"]) == ("approved", "fine", [])
    assert office.todo("manager") == []


def test_nobody_decides_on_a_record_that_changed_since_she_opened_it(office: Office) -> None:
    office.publish(ask=ask(MANAGER))
    record = office.create()
    office.start("ask", record["id"])
    task = office["manager"].get(f"/tasks/{office.todo('manager')[0]['id']}").json
    office["rep"].patch(f"/forms/request/records/{record['id']}", {"values": {"amount": 1_000_000}})

    stale = office.decide("manager", "approve", version=task["version"])
    fresh = office.decide("manager", "approve", version=task["version"] + 1)

    assert (stale.status_code, stale.json["code"]) == (409, "process.record.changed")
    assert fresh.status_code == 200


def test_the_log_names_the_revision_that_was_decided_on(office: Office) -> None:
    after = flow(
        "after",
        "request",
        approval("ask", MANAGER),
        patch("mark", state='"approved"'),
        end("done"),
        path("start", "ask", "mark", "done"),
    )
    office.publish(after=after)
    started = office.start("after", office.create()["id"])

    office.decide("manager", "approve")

    revisions = {line["kind"]: line["record_rev"] for line in office.process(started["id"])["log"]}
    assert revisions["decided"] == 1


def test_a_log_whose_row_was_changed_shows_where(office: Office) -> None:
    office.publish(ask=ask(MANAGER))
    started = office.start("ask", office.create()["id"])
    office.decide("manager", "approve", opinion="yes")

    with office.database.read() as conn:
        whole = broken_seal(conn, started["id"])
    c = process_log.c
    decided = (c.process == started["id"], c.kind == "decided")
    office.database.write(lambda conn: conn.execute(sa.update(process_log).where(*decided).values(text="no")))
    with office.database.read() as conn:
        broken = broken_seal(conn, started["id"])
        row = conn.execute(sa.select(c.seq).where(*decided)).scalar_one()
    office.database.write(lambda conn: conn.execute(sa.delete(process_log).where(c.seq == 1)))
    with office.database.read() as conn:
        missing = broken_seal(conn, started["id"])

    assert (whole, broken, missing) == (None, row, 1)
