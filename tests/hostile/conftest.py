"""One running product for all attacks, on each database, and an oracle that watches every answer.

target   the product with two forms, people of three roles and some records; shared, so that an attack that
         leaves something behind breaks the ones after it
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from engine.apps.kinds import Kind, Ref
from runtime.app import app_of
from runtime.composition.house import House
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.http.actor import SYSTEM
from runtime.settings import Settings
from tests.support.browser import Browser
from tests.support.clock import Clock
from tests.support.postgres import Postgres

CUSTOMER: Final[dict[str, Any]] = {
    "key": "customer", "label": "Customer", "title": "{name}",
    "fields": {"name": {"type": "text", "label": "Name", "unique": True, "search": True},
               "agent": {"type": "relation", "label": "Agent", "to": "customer"}},
}  # fmt: skip
DEAL: Final[dict[str, Any]] = {
    "key": "deal", "label": {"zh-CN": "商机", "en": "Deal"}, "title": "{name}",
    "fields": {
        "no": {"type": "auto_number", "label": "No.", "pattern": "D{seq:4}"},
        "name": {"type": "text", "label": "Name", "required": True, "max": 255, "search": True},
        "code": {"type": "text", "label": "Code", "unique": True, "max": 40},
        "customer": {"type": "relation", "label": "Customer", "to": "customer"},
        "amount": {"type": "money", "label": "Amount"},
        "rate": {"type": "number", "label": "Rate", "scale": 4},
        "day": {"type": "date", "label": "Day"},
        "at": {"type": "datetime", "label": "At"},
        "hot": {"type": "checkbox", "label": "Hot"},
        "state": {"type": "select", "label": "State", "readonly": True, "default": "draft", "options": [
            {"key": "draft", "label": "Draft"}, {"key": "won", "label": "Won"}]},
        "stage": {"type": "select", "label": "Stage", "options": [
            {"key": "new", "label": "New"}, {"key": "lost", "label": "Lost"}]},
        "secret": {"type": "text", "label": "Secret"},
        "note": {"type": "longtext", "label": "Note"},
        "double": {"type": "money", "label": "Double", "formula": "amount * 2"},
        "lines": {"type": "subtable", "label": "Lines", "fields": {
            "product": {"type": "text", "label": "Product"},
            "price": {"type": "money", "label": "Price"}}},
    },
}  # fmt: skip
VIEW: Final[dict[str, Any]] = {"key": "all_deals", "label": "All", "form": "deal", "columns": ["name"]}
CANARY: Final = "CANARY-7731"

HANG_S = 10
"""CPU that no refusal may take: tells a hang from a slow machine, and is no measurement."""


def role(key: str, actions: str, record_filter: str, *rights: str, **fields: str) -> dict[str, Any]:
    levels = {"customer": {"*": "write"}, "deal": {"*": "write", **fields}}
    grants = [
        {"form": form, "actions": actions.split(), "record_filter": record_filter, "fields": levels[form]}
        for form in levels
    ]
    return {"key": key, "label": key.title(), "grants": grants, "rights": list(rights)}


ROLES: Final = (
    role("rep", "view create edit", "own"),
    role("clerk", "view create edit", "all", secret="hidden", amount="mask", double="hidden"),
    {"key": "guest", "label": "Guest", "grants": [], "rights": []},
    role("admin", "*", "all", "builder", "users", "settings"),
)


@dataclass
class Target:
    """The product under attack; `target["rep"]` is a person's browser."""

    site: House
    workspace: Workspace
    app: Flask
    browsers: dict[str, Browser] = field(default_factory=dict)

    def __getitem__(self, login: str) -> Browser:
        if login not in self.browsers:
            self.browsers[login] = Browser(self.app, self.workspace)
            if login != "nobody":
                self.browsers[login].sign_in(login, roles=[login])
        return self.browsers[login]

    def publish(self, *documents: Mapping[str, Any]) -> None:
        texts = {Ref(_kind(one), str(one["key"])): json.dumps(one) for one in documents}
        publishing = self.site.services.publishing
        self.workspace.database.write(
            lambda conn: publishing.publish_texts(conn, self.workspace, SYSTEM, texts, note="test")
        )

    def publish_flow(self, key: str, text: str) -> None:
        publishing = self.site.services.publishing
        texts = {Ref(Kind.FLOW, key): text}
        self.workspace.database.write(
            lambda conn: publishing.publish_texts(conn, self.workspace, SYSTEM, texts, note="test")
        )

    def create(self, login: str, form: str = "deal", **values: object) -> dict[str, Any]:
        answer = self[login].post(f"/forms/{form}/records", {"values": values})
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def tables(self, *without: str) -> dict[str, str]:
        """A checksum of the rows of every table."""
        with self.workspace.database.read() as conn:
            names = sorted(set(sa.inspect(conn).get_table_names()) - {*without, "sign_in_brake", "session"})
            return {name: _checksum(conn, name) for name in names}

    def attack(
        self, login: str, method: str, path: str, *expected: int, keeps: tuple[str, ...] = (), **sent: Any
    ) -> TestResponse:
        """Send it in both languages; by default it must be refused as bad input, and change nothing.

        expected  the statuses that are right · keeps: tables that may change
        """
        allowed = expected or (400, 413, 422)
        browser, answers = self[login], []
        before = self.tables(*keeps)
        for language in ("en", "zh-CN"):
            browser.language = language
            started = time.process_time()
            answers.append(browser.request(method, path, **sent))
            assert time.process_time() - started < HANG_S
            assert answers[-1].status_code in allowed, (
                answers[-1].status_code,
                answers[-1].get_data()[:2000],
            )
        browser.language = "en"
        if answers[0].status_code >= 400:
            check_refusal(*answers)
            assert self.tables(*keeps) == before
        assert browser.get("//healthz").status_code == 200
        return answers[0]


def check_refusal(english: TestResponse, chinese: TestResponse) -> None:
    """A problem for a program and for both readers: code, place, message, hint."""
    assert english.mimetype == chinese.mimetype == "application/problem+json"
    assert english.json["problems"], english.json
    check_problems(english.json["problems"], chinese.json["problems"])


def check_problems(english: list[dict[str, Any]], chinese: list[dict[str, Any]]) -> None:
    assert [one["code"] for one in english] == [one["code"] for one in chinese]
    for here, there in zip(english, chinese, strict=True):
        assert here["message"] != there["message"], here
        assert here["hint"], here
        assert here["hint"] != there["hint"], here
        assert isinstance(here["at"], str)
        assert "Traceback" not in str(here)
        assert "sqlalchemy" not in str(here).lower()


def _kind(document: Mapping[str, Any]) -> Kind:
    if "grants" in document:
        return Kind.ROLE
    return Kind.VIEW if "columns" in document else Kind.FORM


def _checksum(conn: sa.Connection, table: str) -> str:
    rows = conn.execute(sa.select(sa.text("*")).select_from(sa.table(table))).fetchall()
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def _open(settings: Settings) -> Iterator[Target]:
    workspaces = Workspaces.open(settings, Clock())
    site = House.open(settings, workspaces)
    target = Target(site, workspaces.get(), app_of(site))
    target.publish(CUSTOMER, DEAL, VIEW, *ROLES)
    target.create("rep", "customer", name="Blue Sky")
    target.create("rep", name="Kites", amount=1200, secret=CANARY, note="hello")
    target.create("admin", "customer", name="Hidden Ltd")
    target.create("admin", name="Secret deal", amount=99000, secret=CANARY)
    yield target
    workspaces.close()


@pytest.fixture(scope="session")
def target_on_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    folder = tmp_path_factory.mktemp("target") / "data"
    shutil.copytree(sqlite_template, folder)
    yield from _open(replace(Settings(data_dir=folder), threads=4, min_free_bytes=0))


@pytest.fixture(scope="session")
def target_on_postgresql(
    postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Target]:
    name, folder = postgres.create(postgres_template), tmp_path_factory.mktemp("target")
    url = postgres.url_of(name)
    yield from _open(replace(Settings(data_dir=folder, database_url=url), threads=4, min_free_bytes=0))
    postgres.drop(name)


@pytest.fixture
def target(backend: str, request: pytest.FixtureRequest) -> Target:
    found: Target = request.getfixturevalue(f"target_on_{backend}")
    return found
