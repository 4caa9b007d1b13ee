"""A sales office with rules: the whole application, wired as it is served, on the clock of the tests.

shop.publish(rule_key="rule …") puts rules in force; shop.create, shop.update, shop.record act as a person;
shop.runs() is the run log, shop.work() lets the worker do what is due.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from engine.apps.kinds import Kind, Ref
from runtime.app import app_of
from runtime.composition.house import House
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.http.actor import SYSTEM
from runtime.identity.actors import find_actor
from runtime.identity.groups import Member, put_group
from runtime.outbox.worker import Worker
from runtime.records.model import PERSON, NewRow
from runtime.records.scene import Scene
from runtime.settings import Settings
from tests.support.browser import people_of
from tests.support.clock import Clock
from tests.support.postgres import Postgres
from tests.support.staff import Staff
from tests.support.templates import furnished_database, furnished_folder


def _select(label: str, *options: str) -> dict[str, Any]:
    return {
        "type": "select",
        "label": label,
        "options": [{"key": one, "label": one.title()} for one in options],
    }


CUSTOMER: dict[str, Any] = {
    "key": "customer", "label": "Customer", "title": "{name}",
    "fields": {"name": {"type": "text", "label": "Name"}, "status": {"type": "text", "label": "Status"},
               "manager": {"type": "member", "label": "Manager"}},
}  # fmt: skip
LEAD: dict[str, Any] = {
    "key": "lead", "label": "Lead", "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name"},
        "source": _select("Source", "website", "fair", "phone"),
        "tier": {"type": "text", "label": "Tier"},
        "note": {"type": "text", "label": "Note"},
        "employees": {"type": "number", "label": "Employees", "scale": 0},
        "score": {"type": "number", "label": "Score", "scale": 0},
        "salesperson": {"type": "member", "label": "Salesperson"},
        "customer": {"type": "relation", "label": "Customer", "to": "customer"},
        "stage": _select("Stage", "open", "won", "lost"),
        "double": {"type": "number", "label": "Double", "scale": 0, "formula": "employees * 2"},
    },
    "checks": [{"reject": "employees > 1000", "message": "Too many", "at": "employees"}],
}  # fmt: skip
TODO: dict[str, Any] = {
    "key": "todo", "label": "To do", "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name"},
        "lead": {"type": "relation", "label": "Lead", "to": "lead"},
        "due_at": {"type": "datetime", "label": "Due at"},
        "due_on": {"type": "date", "label": "Due on"},
        "state": _select("State", "open", "done"),
        "told": {"type": "number", "label": "Told", "scale": 0},
    },
}  # fmt: skip
FORMS = ("customer", "lead", "todo")


def _role(key: str, record_filter: str, *rights: str) -> dict[str, Any]:
    grants = [
        {"form": form, "actions": ["*"], "record_filter": record_filter, "fields": {"*": "write"}}
        for form in FORMS
    ]
    return {"key": key, "label": key.title(), "grants": grants, "rights": list(rights)}


ROLES = [_role("rep", "own"), _role("admin", "all", "builder", "users", "settings")]


@dataclass
class Shop(Staff):
    """People by login, each with a browser; `clock` is the workspace's."""

    clock: Clock

    def group(self, key: str, *members: Member) -> None:
        now = self.workspace.now()
        self.workspace.database.write(
            lambda conn: put_group(conn, SYSTEM, key, name=key, members=members, now=now)
        )

    def publish(
        self, *documents: Mapping[str, Any], decisions: Mapping[str, bytes] | None = None, **rules: str
    ) -> None:
        texts = {Ref(Kind.DECISION, key): one.decode() for key, one in (decisions or {}).items()}
        texts |= {Ref(_kind(one), str(one["key"])): json.dumps(one) for one in documents}
        texts |= {Ref(Kind.RULE, key): text for key, text in rules.items()}
        publishing = self.site.services.publishing
        self.workspace.database.write(
            lambda conn: publishing.publish_texts(conn, self.workspace, SYSTEM, texts, note="test")
        )

    def create(self, form: str = "lead", login: str = "rep", **values: Any) -> dict[str, Any]:
        answer = self[login].post(f"/forms/{form}/records", {"values": values})
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def update(self, form: str, record: int, login: str = "admin", **values: Any) -> dict[str, Any]:
        answer = self[login].patch(f"/forms/{form}/records/{record}", {"values": values})
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def record(self, form: str, record: int) -> dict[str, Any]:
        answer = self["admin"].get(f"/forms/{form}/records/{record}")
        assert answer.status_code == 200, answer.json
        return dict(answer.json["values"])

    def records(self, form: str) -> list[dict[str, Any]]:
        answer = self["admin"].get(f"/forms/{form}/records?limit=200")
        assert answer.status_code == 200, answer.json
        return [dict(one["values"]) for one in answer.json["items"]]

    def runs(self, **query: object) -> list[dict[str, Any]]:
        """The oldest first."""
        text = "&".join(f"{name}={value}" for name, value in query.items())
        answer = self["admin"].get(f"/rule-runs?limit=200&{text}")
        assert answer.status_code == 200, answer.json
        return list(reversed(answer.json["items"]))

    def work(self, **span: float) -> int:
        """Let the time pass, then do everything that is due; the administrator stays signed in."""
        self.clock.advance(**span)
        self["admin"].sign_in("admin", name="Admin")
        return Worker([self.workspace], self.site.services.handlers).run_due()

    def create_many(self, form: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Without a request for each."""
        site, workspace = self.site.services, self.workspace

        def work(conn: sa.Connection) -> None:
            metadata = site.catalog.load(conn, workspace)
            scene = Scene(workspace, metadata, find_actor(conn, self.id_of("admin")))
            new = [NewRow(row) for row in rows]
            results = list(site.records.create_many(conn, scene, form, new, origin=PERSON))
            assert all(not one.problems for one in results)

        workspace.database.write(work)


def _kind(document: Mapping[str, Any]) -> Kind:
    if "week" in document:
        return Kind.CALENDAR
    return Kind.ROLE if "grants" in document else Kind.FORM


PEOPLE = ("rep", "ann", "bob", "cara")


def furnish(settings: Settings, workspaces: Workspaces) -> None:
    site = House.open(settings, workspaces)
    shop = Shop(site, workspaces.get(), app_of(site), {}, Clock())
    shop.publish(CUSTOMER, LEAD, TODO, *ROLES)
    for login in PEOPLE:
        shop.hire(login, "rep")
    shop.hire("admin", "admin")
    shop.group("east", *(Member(shop.id_of(login)) for login in ("ann", "bob", "cara")))


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
def shop(site: House, workspace: Workspace, clock: Clock) -> Shop:
    return Shop(site, workspace, app_of(site), people_of(workspace), clock)
