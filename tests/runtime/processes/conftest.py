"""An office where requests are approved: the whole application, wired as it is served.

rep → manager (head of her department) → boss (head of the company); two directors; one administrator.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from engine.apps.kinds import Kind, Ref
from runtime.app import app_of
from runtime.composition.house import House
from runtime.db.database import Database
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.http.actor import SYSTEM
from runtime.identity.actors import find_actor
from runtime.identity.departments import create_department, set_heads
from runtime.identity.people import update_user
from runtime.outbox.worker import Worker
from runtime.processes.store import count_running
from runtime.publishing.recompute import Recomputer
from runtime.publishing.service import Publishing
from runtime.records.scene import Scene
from runtime.settings import Settings
from tests.support.browser import people_of
from tests.support.postgres import Postgres
from tests.support.staff import Staff
from tests.support.templates import furnished_database, furnished_folder

CUSTOMER: dict[str, Any] = {
    "key": "customer", "label": "Customer", "title": "{name}",
    "fields": {"name": {"type": "text", "label": "Name"}, "level": {"type": "text", "label": "Level"}},
}  # fmt: skip
REQUEST: dict[str, Any] = {
    "key": "request", "label": {"zh-CN": "申请", "en": "Request"}, "title": "{name}",
    "fields": {
        "no": {"type": "auto_number", "label": "No.", "pattern": "R{seq:4}"},
        "name": {"type": "text", "label": {"zh-CN": "名称", "en": "Name"}, "required": True, "max": 120},
        "code": {"type": "text", "label": "Code", "unique": True, "max": 40},
        "customer": {"type": "relation", "label": "Customer", "to": "customer"},
        "partner": {"type": "relation", "label": "Partner", "to": "customer"},
        "amount": {"type": "money", "label": "Amount"},
        "discount": {"type": "percent", "label": "Discount", "scale": 4, "default": 0},
        "state": {"type": "select", "label": "State", "readonly": True, "default": "draft", "options": [
            {"key": "draft", "label": "Draft"}, {"key": "running", "label": "Running"},
            {"key": "approved", "label": "Approved"}, {"key": "rejected", "label": "Rejected"}]},
        "reason": {"type": "longtext", "label": {"zh-CN": "理由", "en": "Reason"}},
        "secret": {"type": "text", "label": "Secret"},
        "buyer": {"type": "member", "label": "Buyer"},
        "rate": {"type": "number", "label": "Rate", "scale": 2},
        "due_on": {"type": "date", "label": "Due on"},
        "urgent": {"type": "checkbox", "label": "Urgent"},
        **{f"text_{number}": {"type": "text", "label": f"Text {number}"} for number in range(6)},
    },
}  # fmt: skip
ORDER: dict[str, Any] = {
    "key": "order", "label": "Order", "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name"},
        "lines": {"type": "subtable", "label": "Lines", "fields": {
            "product": {"type": "text", "label": "Product"},
            "price": {"type": "money", "label": "Price"},
            "cost": {"type": "money", "label": "Cost"}}},
        "total": {"type": "money", "label": "Total", "formula": "sum(lines.price)"},
    },
}  # fmt: skip
SERVICES = frozenset({"rate"})
"""What service tasks of the flows here may name; each test hands in who does it."""
EVERY_FORM = ("customer", "request", "order")


def _role(key: str, actions: str, record_filter: str, *, rights: tuple[str, ...] = (), **fields: str) -> Any:
    levels = {"*": "write", **fields}
    grants = [
        {
            "form": form,
            "actions": actions.split(),
            "record_filter": record_filter,
            "fields": levels if form == "request" else {"*": "write"},
        }
        for form in EVERY_FORM
    ]
    return {"key": key, "label": key.title(), "grants": grants, "rights": list(rights)}


ROLES = [
    _role("rep", "view create edit delete import", "own", secret="read"),
    _role("manager", "view", "own"),
    {"key": "director", "label": "Director", "grants": [], "rights": []},
    _role("admin", "*", "all", rights=("builder", "users", "settings")),
]


class Office(Staff):
    """People by login, each with a browser; what is published; short words for what tests do."""

    @property
    def database(self) -> Database:
        return self.workspace.database

    def deactivate(self, login: str) -> None:
        user, now = self.id_of(login), self.workspace.now()
        changes = {"state": "deactivated"}
        self.database.write(lambda conn: update_user(conn, SYSTEM, user, changes, now))

    def publish(self, *documents: Mapping[str, Any], **flows: str) -> None:
        """Forms and roles as documents, flows as files by key."""
        texts = {Ref(_kind(one), str(one["key"])): json.dumps(one) for one in documents}
        texts |= {Ref(Kind.FLOW, key): text for key, text in flows.items()}
        catalog = self.site.services.catalog
        publishing = Publishing(catalog, count_running, Recomputer(catalog).recompute, SERVICES)
        self.database.write(
            lambda conn: publishing.publish_texts(conn, self.workspace, SYSTEM, texts, note="test")
        )

    def create(self, login: str = "rep", form: str = "request", **values: Any) -> dict[str, Any]:
        given = {"name": "Paper", **values}
        answer = self[login].post(f"/forms/{form}/records", {"values": given})
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def record(self, record: int, form: str = "request", login: str = "admin") -> dict[str, Any]:
        answer = self[login].get(f"/forms/{form}/records/{record}")
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def start(self, flow: str, record: int, login: str = "rep", **more: Any) -> dict[str, Any]:
        answer = self[login].post("/processes", {"flow": flow, "record": record, **more})
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def process(self, process: int, login: str = "admin") -> dict[str, Any]:
        answer = self[login].get(f"/processes/{process}")
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def todo(self, login: str, box: str = "todo") -> list[dict[str, Any]]:
        answer = self[login].get(f"/tasks?box={box}")
        assert answer.status_code == 200, answer.json
        return list(answer.json["items"])

    def decide(self, login: str, outcome: str, task: int | None = None, **more: Any) -> TestResponse:
        """Finish a task, by default the newest one of her inbox."""
        chosen = self.todo(login)[0]["id"] if task is None else task
        return self[login].post(f"/tasks/{chosen}/complete", {"outcome": outcome, **more})

    def scene(self, login: str) -> Scene:
        """Hers, for calling services; without the rights beside forms."""
        catalog = self.site.services.catalog
        with self.database.read() as conn:
            metadata = catalog.load(conn, self.workspace)
            return Scene(self.workspace, metadata, find_actor(conn, self.id_of(login)))

    def run_jobs(self, handlers: Mapping[str, Any] | None = None) -> int:
        return Worker([self.workspace], handlers or self.site.services.handlers).run_due()


def _kind(document: Mapping[str, Any]) -> Kind:
    return Kind.ROLE if "grants" in document else Kind.FORM


PEOPLE = {
    "boss": ("manager", "company"),
    "manager": ("manager", "sales"),
    "rep": ("rep", "sales"),
    "ann": ("director", "company"),
    "bob": ("director", "company"),
    "other": ("rep", "sales"),
    "admin": ("admin", "company"),
}
"""Role and department of those who are there from the start."""


def furnish(settings: Settings, workspaces: Workspaces) -> None:
    """The forms, and everybody in her department."""
    site = House.open(settings, workspaces)
    office = Office(site, workspaces.get(), app_of(site), {})
    office.publish(CUSTOMER, REQUEST, ORDER, *ROLES)
    company, sales = office.database.write(lambda conn: _departments(conn, office.workspace.now()))
    for login, (role, department) in PEOPLE.items():
        office.hire(login, role, main_department=company if department == "company" else sales)
    boss, manager = office.id_of("boss"), office.id_of("manager")
    office.database.write(lambda conn: set_heads(conn, company, [boss]))
    office.database.write(lambda conn: set_heads(conn, sales, [manager]))


def _departments(conn: sa.Connection, now: datetime) -> tuple[int, int]:
    company = create_department(conn, SYSTEM, "Company", now=now)
    return company, create_department(conn, SYSTEM, "Sales", parent=company, now=now)


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnished_folder(furnish, tmp_path_factory, sqlite_template)


@pytest.fixture(scope="session")
def postgres_template(
    postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    yield from furnished_database(furnish, tmp_path_factory, postgres, postgres_template)


@pytest.fixture
def site(settings: Settings, workspaces: Workspaces) -> House:
    return House.open(settings, workspaces)


@pytest.fixture
def app(site: House) -> Flask:
    return app_of(site)


@pytest.fixture
def office(site: House, app: Flask, workspace: Workspace) -> Office:
    return Office(site, workspace, app, people_of(workspace))
