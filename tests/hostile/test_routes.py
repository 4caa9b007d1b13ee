"""Every route × {nobody, somebody without rights}: nothing is answered that was not meant for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.hostile.conftest import Target

PUBLIC = {
    "GET /",
    "GET /app/",
    "GET /app/<path:path>",
    "GET /favicon.ico",
    "GET /healthz",
    "GET /login",
    "GET /public/<digest>/<name>",
    "GET /readyz",
    "GET /setup/<token>",
    "POST /api/v1/session",
    "POST /login",
    "POST /login/demo",
    "POST /logout",
    "POST /setup/<token>",
}
"""What answers without a session. A route that is added here is a decision."""
OWN = {
    "DELETE /api/v1/session",
    "GET /api/v1/definitions",
    "GET /api/v1/feel/functions",
    "GET /api/v1/forms",
    "GET /api/v1/groups",
    "GET /api/v1/jobs",
    "GET /api/v1/mappings",
    "GET /api/v1/me",
    "GET /api/v1/notifications",
    "GET /api/v1/notifications/preferences",
    "POST /api/v1/notifications/read",
    "GET /api/v1/openapi.json",
    "GET /api/v1/people",
    "GET /api/v1/departments",
    "GET /api/v1/tasks",
    "GET /api/v1/users",
    "PATCH /api/v1/me",
}
"""What every signed-in person may call: it shows only what is hers."""
VALUES = {
    "form": "deal", "record": "2", "user": "1", "department": "1", "group": "all", "job": "1", "task": "1",
    "process": "1", "flow": "any", "kind": "form", "key": "deal", "path": "x", "digest": "x", "name": "x",
    "token": "x", "rule": "any", "run": "1",
}  # fmt: skip


def routes(target: Target) -> list[tuple[str, str]]:
    """Method and rule of everything the application answers."""
    found = [
        (method, rule.rule)
        for rule in target.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda one: (one[1], one[0]))


def address(rule: str) -> str:
    filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: VALUES[found[1]], rule)
    return "/" + filled if not rule.startswith("/api/v1") else filled.removeprefix("/api/v1")


def test_nobody_gets_in_without_signing_in_but_by_these_routes(target: Target) -> None:
    nobody, before = target["nobody"], target.tables()
    for method, rule in routes(target):
        if f"{method} {rule}" in PUBLIC:
            continue
        for decoration in ("", "?public=1&path=/login", "?_method=GET"):
            answer = nobody.request(method, address(rule) + decoration, json={})
            assert answer.status_code in {401, 403}, (method, rule, answer.status_code)
            assert answer.json["problems"][0]["hint"]
    assert target.tables() == before


def test_the_public_routes_are_the_ones_that_exist(target: Target) -> None:
    assert {f"{method} {rule}" for method, rule in routes(target)} >= PUBLIC


def test_somebody_without_rights_gets_nothing_of_others(target: Target) -> None:
    guest, before = target["guest"], target.tables()
    for method, rule in routes(target):
        if f"{method} {rule}" in PUBLIC | OWN:
            continue
        answer = guest.request(method, address(rule), json=None if method == "GET" else {})
        assert 400 <= answer.status_code < 500, (method, rule, answer.status_code, answer.json)
        assert "CANARY" not in answer.get_data(as_text=True)
    assert target.tables() == before


@pytest.mark.parametrize(
    "path",
    ["//api/v1/forms/../me", "///api/v1/me", "//api/v1/me/", "//API/v1/me", "//api/v1/me;x", "//api//v1/me"],
)
def test_no_spelling_of_an_address_goes_around_the_gate(target: Target, path: str) -> None:
    assert target["nobody"].get(path).status_code in {301, 308, 401, 404}


@pytest.mark.parametrize(
    "header", ["X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-User"]
)
def test_headers_of_other_systems_open_nothing(target: Target, header: str) -> None:
    answer = target["nobody"].get("/me", headers={header: "admin" if "User" in header else "/login"})

    assert answer.status_code == 401
