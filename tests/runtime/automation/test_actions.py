"""What rules do beside their own record: other records, people, other systems, decisions, scores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest

from engine.apps.kinds import Kind, Ref
from runtime.composition.house import House
from runtime.db.workspaces import Workspaces
from runtime.http.actor import SYSTEM
from runtime.identity.departments import create_department
from runtime.identity.groups import Member
from runtime.identity.people import update_user
from runtime.settings import Settings
from tests.runtime.automation.conftest import Shop
from tests.support.mail_server import Mailbox, mail_server
from tests.support.web_server import Server, running

ROBOT: dict[str, Any] = {
    "$schema": "connector/1", "key": "robot", "label": "Robot", "auth": {"kind": "none"},
    "operations": {"send": {"method": "POST", "path": "/send", "inputs": {"text": "text", "at": "datetime"},
                            "body": "{text: text, at: string(at)}"}},
}  # fmt: skip
HELLO: dict[str, Any] = {
    "$schema": "message_template/1", "key": "hello", "label": "Hello", "form": "lead",
    "title": {"zh-CN": "线索 {{ name }}", "en": "Lead {{ name }}"}, "body": "{{ tier }}",
}  # fmt: skip


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def server() -> Iterator[Server]:
    with running("127.0.0.2") as one:
        yield one


@pytest.fixture
def site(settings: Settings, workspaces: Workspaces, mailbox: Mailbox, server: Server) -> House:
    chosen = replace(
        settings,
        smtp_url=mailbox.url,
        mail_from="crm@example.com",
        public_url="https://crm.example.com",
        outbound_networks=(ip_network("127.0.0.2/32"),),
        outbound_ports=frozenset({server.port}),
    )
    return House.open(chosen, workspaces)


def _install(shop: Shop, *documents: dict[str, Any]) -> None:
    texts = {Ref(Kind(one["$schema"].partition("/")[0]), one["key"]): json.dumps(one) for one in documents}
    publishing = shop.site.services.publishing
    shop.workspace.database.write(
        lambda conn: publishing.publish_texts(conn, shop.workspace, SYSTEM, texts, note="test")
    )


def _codes(shop: Shop, rule: str) -> list[tuple[str, list[str]]]:
    """State and problems of each run, the oldest first."""
    return [(run["state"], [one["code"] for one in run["problems"]]) for run in shop.runs(rule=rule)]


def _employ(shop: Shop, login: str, **facts: Any) -> int:
    user, now = shop.id_of(login), shop.workspace.now()
    shop.workspace.database.write(lambda conn: update_user(conn, SYSTEM, user, facts, now))
    return user


def test_an_upsert_creates_once_then_updates_and_never_guesses(shop: Shop) -> None:
    shop.publish(
        sync='rule "Sync" on lead\nwhen saved\n'
        'do upsert todo matching lead, name with { lead: record, name: "Call", told: employees }\n',
        by_note='rule "By note" on lead\nwhen changed note\n'
        "do upsert todo matching name with { name: note, told: employees }\n",
    )
    lead = shop.create(name="Acme", employees=5)
    shop.update("lead", lead["id"], employees=7)

    (todo,) = shop.records("todo")
    assert (todo["lead"]["id"], todo["name"], todo["told"]) == (lead["id"], "Call", 7)
    history = shop["admin"].get("/forms/todo/records/1/history").json["items"]
    assert [one["cause"] for one in history] == ["rule:sync", "rule:sync"]

    other = shop.create(name="Beta", employees=1)
    shop.update("lead", other["id"], note="Call")
    shop.update("lead", other["id"], note=None)
    assert [one["name"] for one in shop.records("todo")].count("Call") == 2
    assert _codes(shop, "by_note") == [("failed", ["actions.upsert-several"]), ("done", [])]
    assert [one["told"] for one in shop.records("todo") if one["name"] is None] == [1]


def test_related_records_are_updated_each_with_its_own_values(shop: Shop) -> None:
    customer = shop.create("customer", login="admin", name="Acme")["id"]
    shop.publish(
        won='rule "Won" on lead\nwhen stage changed to "won"\n'
        'do update customer set status = "active: " + record.name\n'
        '   update todo where lead = record and state = "open" set told = (if told = null then 0 else told) '
        '+ record.employees, state = "done"\n'
        '   create todo with { name: "Contract", lead: record } unless exists todo where name = "Contract"\n'
    )
    lead = shop.create(login="admin", name="Acme", employees=3, customer=customer)["id"]
    for told in (1, None):
        shop.create("todo", name=f"t{told}", lead=lead, state="open", told=told, login="admin")
    shop.create("todo", name="else", state="open", login="admin")

    for stage in ("won", "open", "won"):
        shop.update("lead", lead, stage=stage)

    assert shop.record("customer", customer)["status"] == "active: Acme"
    told = {one["name"]: (one["told"], one["state"]) for one in shop.records("todo")}
    assert told == {
        "t1": (4, "done"), "tNone": (3, "done"), "else": (None, "open"), "Contract": (None, None),
    }  # fmt: skip
    words = [
        word["code"] for one in shop.runs(rule="won", state="done")[1]["actions"] for word in one["words"]
    ]
    assert words[-2:] == ["actions.did.update-nothing", "actions.did.create-unneeded"]


def test_people_are_told_in_the_application_and_by_mail_once_the_change_is_committed(
    shop: Shop, mailbox: Mailbox
) -> None:
    ann = _employ(shop, "ann", email="ann@example.com", language="en")
    _employ(shop, "bob", email="bob@example.com", language="zh-CN")
    _employ(shop, "cara", manager_id=ann)
    _install(shop, HELLO)
    shop.publish(
        team='rule "Team" on lead\nwhen created\n'
        'do notify group("east"), manager(salesperson) by email with template hello\n',
        wide='rule "Wide" on lead\nwhen created\n'
        'do notify role("admin") by wecom with message "{name}: {tier}"\n',
        nobody='rule "Nobody" on lead\nwhen created\nwhere salesperson = null\n'
        'do notify salesperson with message "x"\n',
        broken='rule "Broken" on lead priority 9\nwhen created\n'
        'do notify group("east") by email with message "never"\n   set employees = 5000\n',
    )
    shop.create(name="Acme", tier="A", salesperson=shop.id_of("cara"))

    assert mailbox.mails == []
    shop.work(seconds=1)
    shop.work(seconds=1)

    mails = {str(mail["To"]): str(mail["Subject"]) for mail in mailbox.mails}
    assert len(mailbox.mails) == 2
    assert (mails["ann@example.com"], mails["bob@example.com"]) == ("Lead", "线索")
    for login, told in (("rep", []), ("cara", ["线索"]), ("ann", ["Lead"])):
        shop[login].sign_in(login, name=login.title())
        assert [one["title"] for one in shop[login].get("/notifications").json["items"]] == told
    assert [one["title"] for one in shop["admin"].get("/notifications").json["items"]] == ["Acme: A"]
    assert _codes(shop, "wide") == [("done", ["actions.channel-missing"])]
    assert [state for state, _ in _codes(shop, "broken")] == ["failed"]
    shop.create(name="Beta")
    assert _codes(shop, "nobody")[-1] == ("failed", ["actions.notify-nobody"])


def test_a_connector_is_called_by_a_job_and_not_for_what_was_undone(shop: Shop, server: Server) -> None:
    robot = {**ROBOT, "base_url": server.url("", "127.0.0.2")}
    call = "call connector robot.send with {{ text: name, at: now() }}"
    _install(shop, robot)
    shop.publish(
        tell=f'rule "Tell" on lead\nwhen created\ndo {call.format()}\n',
        broken=f'rule "Broken" on lead\nwhen created\ndo {call.format()}\n   set employees = 5000\n',
    )
    shop.create(name="Acme")

    assert server.hits == []
    shop.work(seconds=1)

    ((_, path, headers, body),) = server.hits
    assert (path, json.loads(body)["text"]) == ("/send", "Acme")
    assert json.loads(body)["at"].startswith("2026-03-02T09:00:00")
    assert headers["idempotency-key"]
    (called,) = shop["admin"].get("/connector-calls").json["items"]
    assert (called["source"], called["state"]) == ("rule/tell", "done")
    assert [state for state, _ in _codes(shop, "broken")] == ["failed"]


def test_work_is_shared_out_among_roles_departments_and_people(shop: Shop) -> None:
    ann, bob, cara = map(shop.id_of, ("ann", "bob", "cara"))
    now = shop.workspace.now()
    east = shop.workspace.database.write(
        lambda conn: create_department(conn, SYSTEM, "East", now=now, heads=[cara])
    )
    for login in ("ann", "bob"):
        _employ(shop, login, main_department_id=east)
    _employ(shop, "ann", manager_id=bob)
    shop.publish(
        share='rule "Share" on lead\nwhen created\nwhere source = "website"\n'
        f"do assign salesperson least open among members({east}), heads({east}) skipping absent\n"
        '   , at most 1 open, counting lead where stage = "open"\n',
        boss='rule "Boss" on lead\nwhen created\nwhere source = "fair"\n'
        "do assign salesperson round robin among manager(customer.manager)\n",
        role='rule "Role" on lead\nwhen created\nwhere source = "phone"\n'
        'do assign salesperson weighted among role("admin")\n',
    )
    away = {"state": "absent", "absent_from": now, "absent_until": now + timedelta(days=1)}
    _employ(shop, "bob", **away)

    def given(count: int = 1, **values: Any) -> list[int | None]:
        made = [shop.create(login="admin", stage="open", **values)["id"] for _ in range(count)]
        found = [shop.record("lead", one)["salesperson"] for one in made]
        return [one["id"] if one else None for one in found]

    assert given(3, source="website") == [ann, cara, None]
    shop.work(days=2)
    assert given(2, source="website") == [bob, None]
    customer = shop.create("customer", login="admin", name="Acme", manager=ann)["id"]
    assert given(source="fair", customer=customer) == [bob]
    assert given(2, source="phone") == [shop.id_of("admin")] * 2
    shop.group("east", Member(ann, weight=0))
    assert _codes(shop, "share")[2] == ("failed", ["actions.assign-nobody"])


def _tier(*rows: tuple[str, str, str]) -> bytes:
    """A decision of `tier` by score and employees."""
    columns, number = ("score", "employees"), 'typeRef="number"'
    inputs = "".join(f'<inputData name="{one}" id="{one}"><variable name="{one}" {number}/></inputData>'
                     for one in columns)  # fmt: skip
    needs = "".join(f'<informationRequirement><requiredInput href="#{one}"/></informationRequirement>'
                    for one in columns)  # fmt: skip
    heads = "".join(f"<input><inputExpression {number}><text>{one}</text></inputExpression></input>"
                    for one in columns)  # fmt: skip
    rules = "".join(
        "<rule>" + "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells)
        + f'<outputEntry><text>"{result}"</text></outputEntry></rule>' for *cells, result in rows
    )  # fmt: skip
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="t" namespace="t">'
        f'{inputs}<decision name="tier" id="tier"><variable name="tier" typeRef="string"/>{needs}'
        f'<decisionTable hitPolicy="FIRST">{heads}<output typeRef="string"/>{rules}</decisionTable>'
        "</decision></definitions>"
    ).encode()


def test_a_score_explains_itself_and_a_decision_takes_what_the_rule_gives_it(shop: Shop) -> None:
    shop.publish(
        decisions={"tier": _tier(("&gt;= 30", "-", "hot"), ("-", "&gt; 100", "big"))},
        rank='score score on lead from 0 to 50\n+20 where source = "fair"\n+15 where employees > 10\n'
        '-40 where name = "No"\ndo decide tier by table tier with { employees: employees * 10 }\n',
    )
    hot = shop.create(name="Acme", source="fair", employees=20)["id"]
    low = shop.create(name="No", source="fair", employees=11)["id"]

    assert [(shop.record("lead", one)["score"], shop.record("lead", one)["tier"]) for one in (hot, low)] == [
        (35, "hot"),
        (0, "big"),
    ]
    run = shop.runs(rule="rank")[0]
    assert [word["text"] for one in run["actions"] for word in one["words"]] == [
        "Score: 35 points",
        "Tier: hot",
    ]
    reads = {one["path"]: one["value"] for one in run["reads"]}
    assert (reads["source"], reads["employees"]) == ("Fair", 20)


def test_a_table_without_a_row_for_it_loses_no_save(shop: Shop) -> None:
    shop.publish(
        decisions={"tier": _tier(("&gt;= 30", "-", "hot"))},
        tier='rule "Tier" on lead\nwhen created\ndo decide tier by table tier\n   set note = "after"\n',
    )
    made = shop.create(name="Acme", score=3, tier="old")["id"]

    record = shop.record("lead", made)
    assert (record["tier"], record["note"]) == (None, "after")
    assert _codes(shop, "tier") == [("done", ["decision.table.no-match"])]
