"""A shop with leads and customers, its people, and the whole application with a mail server beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from flask import Flask

from runtime.app import app_of
from runtime.composition.house import House as Site
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.http.actor import SYSTEM, Actor
from runtime.identity.groups import Member, put_group
from runtime.identity.people import update_user
from runtime.notifications.model import Notice
from runtime.notifications.notify import notify
from runtime.outbox.worker import Worker
from runtime.settings import Settings
from tests.support.browser import Browser
from tests.support.forms import House
from tests.support.mail_server import Mailbox, mail_server

CUSTOMER: dict[str, Any] = {
    "$schema": "form/1", "key": "customer", "label": "Customer", "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name"},
        "phone": {"type": "text", "label": "Phone"},
    },
}  # fmt: skip
LEAD: dict[str, Any] = {
    "$schema": "form/1", "key": "lead", "label": "Lead", "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name"},
        "mail": {"type": "text", "label": "Mail"},
        "amount": {"type": "money", "label": "Amount"},
        "note": {"type": "text", "label": "Note"},
        "customer": {"type": "relation", "label": "Customer", "to": "customer"},
        "stage": {"type": "select", "label": "Stage", "options": [
            {"key": "new", "label": {"zh-CN": "新建", "en": "New"}}]},
        "lines": {"type": "subtable", "label": "Lines", "fields": {
            "product": {"type": "text", "label": "Product"}, "cost": {"type": "money", "label": "Cost"}}},
    },
}  # fmt: skip
TEMPLATE: dict[str, Any] = {
    "$schema": "message_template/1", "key": "hello", "label": "Hello", "form": "lead",
    "values": {"half": "amount / 2", "who": "user.name"},
    "title": {"zh-CN": "线索 {{ name }}", "en": "Lead {{ name }}"},
    "body": "{{ half | money }}|{{ note }}|{{ stage | label }}|{{ customer.phone }}|{{ who }}|{{ extra }}"
            "{% for row in lines %}|{{ row.product }}{{ row.cost }}{% endfor %}",
}  # fmt: skip


def _role(key: str, leads: dict[str, object], *more: dict[str, object]) -> dict[str, object]:
    return {"$schema": "role/1", "key": key, "label": key, "grants": [leads, *more], "rights": []}


def _grant(form: str, record_filter: str, **fields: str) -> dict[str, object]:
    levels = {"*": "write", **fields}
    actions = ["view", "create", "edit"]
    return {"form": form, "actions": actions, "record_filter": record_filter, "fields": levels}


SELLER = _role("seller", _grant("lead", "all"), _grant("customer", "all"))
CLERK = _role("clerk", _grant("lead", "all", note="hidden", amount="mask"))


@dataclass
class Shop:
    site: Site
    house: House
    flask_app: Flask
    mailbox: Mailbox
    people: dict[str, Actor] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        return self.house.workspace

    def hire(self, login: str, *roles: str, **facts: Any) -> Actor:
        actor = self.people[login] = self.house.person(login, *roles)
        now = self.workspace.now()
        changes = {"language": "en", **facts}
        self.workspace.database.write(lambda conn: update_user(conn, SYSTEM, actor.id, changes, now))
        return actor

    def group(self, key: str, *logins: str) -> None:
        members, now = [Member(self.people[one].id) for one in logins], self.workspace.now()
        self.workspace.database.write(
            lambda conn: put_group(conn, SYSTEM, key, name=key, members=members, now=now)
        )

    def tell(self, *notices: Notice) -> None:
        now = self.workspace.now()
        self.workspace.database.write(lambda conn: notify(conn, *notices, now=now))

    def work(self) -> None:
        Worker([self.workspace], self.site.services.handlers).run_due()

    def send(self, *notices: Notice) -> None:
        self.tell(*notices)
        self.work()

    def browser(self, login: str) -> Browser:
        browser = Browser(self.flask_app, self.workspace)
        browser.sign_in(login)
        return browser

    def told(self, login: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.browser(login).get("/notifications").json["items"]
        return items


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def shop(workspaces: Workspaces, workspace: Workspace, settings: Settings, mailbox: Mailbox) -> Shop:
    chosen = replace(
        settings, smtp_url=mailbox.url, mail_from="crm@example.com", public_url="https://crm.example.com"
    )
    site = Site.open(chosen, workspaces)
    house = House(workspace)
    house.install(CUSTOMER, LEAD, message_template__hello=TEMPLATE, role__seller=SELLER, role__clerk=CLERK)
    shop = Shop(site, house, app_of(site), mailbox)
    shop.hire("anna", "seller", email="anna@example.com")
    shop.hire("bei", "clerk", language="zh-CN", email="bei@example.com")
    shop.hire("carl")
    return shop
