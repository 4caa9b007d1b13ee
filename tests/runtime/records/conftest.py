"""A house with two forms: customers, and deals with lines, a number, a unique field and two relations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from engine.problems import ENGINE_LOCALE, Register
from runtime.composition.house import LOCALE
from runtime.composition.people import RoleBook
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.http.actor import Actor
from runtime.http.openapi import OpenApiApi
from runtime.http.serve import Api
from runtime.identity.authentication import IdentityGate
from runtime.records.api import RecordsApi
from runtime.records.forms_api import FormsApi
from runtime.records.shares_api import SharesApi
from runtime.settings import Settings
from tests.support.browser import Browser
from tests.support.forms import House
from tests.support.postgres import Postgres
from tests.support.templates import furnished_database, furnished_folder

CUSTOMER = {
    "$schema": "form/1",
    "key": "customer",
    "label": "Customer",
    "title": "{name}",
    "fields": {
        "name": {
            "type": "text",
            "label": "Name",
            "required": True,
            "unique": True,
            "max": 60,
            "search": True,
        },
        "level": {
            "type": "select",
            "label": "Level",
            "options": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}],
        },
        "credit": {"type": "money", "label": "Credit"},
    },
}
DEAL = {
    "$schema": "form/1",
    "key": "deal",
    "label": "Deal",
    "title": "{name}",
    "fields": {
        "no": {"type": "auto_number", "label": "No.", "pattern": "D{yyyy}{MM}-{seq:4}", "reset": "month"},
        "name": {"type": "text", "label": "Name", "required": True, "max": 120, "search": True},
        "external_no": {"type": "text", "label": "External no.", "unique": True, "max": 40},
        "customer": {"type": "relation", "label": "Customer", "to": "customer"},
        "partner": {"type": "relation", "label": "Partner", "to": "customer", "on_delete": "clear"},
        "stage": {
            "type": "select",
            "label": "Stage",
            "default": "new",
            "options": [
                {"key": "new", "label": {"zh-CN": "新", "en": "New"}},
                {"key": "won", "label": "Won"},
                {"key": "lost", "label": "Lost"},
            ],
        },
        "amount": {"type": "money", "label": "Amount", "min": 0},
        "discount": {"type": "percent", "label": "Discount", "scale": 4, "default": 0},
        "net": {
            "type": "money",
            "label": "Net",
            "formula": "if amount = null then null else amount * (1 - discount)",
        },
        "rank": {"type": "text", "label": "Rank", "formula": "customer.level"},
        "lost_reason": {
            "type": "text",
            "label": "Lost reason",
            "visible": 'stage = "lost"',
            "required": True,
        },
        "closed_on": {"type": "date", "label": "Closed on"},
        "called_at": {"type": "datetime", "label": "Called at"},
        "hot": {"type": "checkbox", "label": "Hot"},
        "note": {"type": "longtext", "label": "Note"},
        "seller": {"type": "member", "label": "Seller"},
        "locked": {"type": "text", "label": "Locked", "readonly": 'stage = "won"'},
        "lines": {
            "type": "subtable",
            "label": "Lines",
            "fields": {
                "product": {"type": "text", "label": "Product", "required": True},
                "qty": {"type": "number", "label": "Quantity", "default": 1},
                "price": {"type": "money", "label": "Price"},
                "sum": {"type": "money", "label": "Sum", "formula": "qty * price"},
            },
        },
        "total": {"type": "money", "label": "Total", "formula": "sum(lines.sum)"},
    },
    "checks": [
        {"reject": 'stage = "won" and amount = null', "at": "amount", "message": "A won deal needs an amount"}
    ],
}


def role(key: str, *grants: dict[str, object], rights: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "$schema": "role/1",
        "key": key,
        "label": key.title(),
        "grants": list(grants),
        "rights": list(rights),
    }


def grant(form: str, actions: str, record_filter: str = "own", **fields: str) -> dict[str, object]:
    levels = {name.replace("every", "*"): level for name, level in (fields or {"every": "write"}).items()}
    return {"form": form, "actions": actions.split(), "record_filter": record_filter, "fields": levels}


REP = role(
    "rep",
    grant("customer", "view create edit"),
    grant("deal", "view create edit", every="write", note="read"),
)
MANAGER = role("manager", grant("customer", "*", "department_tree"), grant("deal", "*", "department_tree"))
IN_ROWS = {"lines.price": "hidden", "lines.qty": "mask"}
ANALYST = role("analyst", grant("deal", "view", "all", every="read", amount="mask", note="hidden", **IN_ROWS))


@dataclass
class People:
    admin: Actor
    rep: Actor
    other: Actor
    manager: Actor
    analyst: Actor


def furnish(_: Settings, workspaces: Workspaces) -> None:
    """The forms, and the people of two teams below one manager."""
    house = House(workspaces.get())
    house.install(CUSTOMER, DEAL, role__rep=REP, role__manager=MANAGER, role__analyst=ANALYST)
    sales = house.department("Sales")
    east, west = house.department("East", sales), house.department("West", sales)
    house.person("admin", "admin")
    house.person("rep", "rep", department=east)
    house.person("other", "rep", department=west)
    house.person("manager", "manager", department=sales)
    house.person("analyst", "analyst")


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnished_folder(furnish, tmp_path_factory, sqlite_template)


@pytest.fixture(scope="session")
def postgres_template(
    postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    yield from furnished_database(furnish, tmp_path_factory, postgres, postgres_template)


@pytest.fixture
def house(workspace: Workspace) -> House:
    return House(workspace)


@pytest.fixture
def people(house: House) -> People:
    return People(*(house.actor(login) for login in ("admin", "rep", "other", "manager", "analyst")))


@pytest.fixture
def web(house: House, settings: Settings, workspaces: Workspaces) -> Flask:
    """The endpoints of this room, with sessions and nothing else."""
    flask_app = Flask("test", static_folder=None)
    register = Register.read(ENGINE_LOCALE, LOCALE)
    gate = IdentityGate(RoleBook(house.catalog).rights_of)
    api = Api(flask_app, settings, workspaces, gate, register)
    forms = FormsApi(house.catalog, house.records, register)
    api.mount([forms, RecordsApi(house.catalog, house.records, register), SharesApi(house.catalog)])
    api.mount([OpenApiApi("0", api.mounted, (forms.schemas,))])
    return flask_app


@pytest.fixture
def rep(web: Flask, workspace: Workspace, people: People) -> Browser:
    return _signed_in(web, workspace, "rep")


@pytest.fixture
def manager(web: Flask, workspace: Workspace, people: People) -> Browser:
    return _signed_in(web, workspace, "manager")


@pytest.fixture
def analyst(web: Flask, workspace: Workspace, people: People) -> Browser:
    return _signed_in(web, workspace, "analyst")


@pytest.fixture
def admin(web: Flask, workspace: Workspace, people: People) -> Browser:
    return _signed_in(web, workspace, "admin")


def _signed_in(web: Flask, workspace: Workspace, login: str) -> Browser:
    browser = Browser(web, workspace)
    browser.sign_in(login)
    return browser
