"""Rights against the running product: V01, V03, V05 (channels that exist), P11; sign-in L04, L14; uploads."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.hostile.conftest import Target

CANARY = "CANARY-7731"
DEALS = "/forms/deal/records"
CHANNELS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "record": ("GET", f"{DEALS}/1", {}),
    "list": ("GET", DEALS, {}),
    "list by column": ("GET", DEALS, {"query_string": {"fields": "name,secret"}}),
    "search": ("GET", DEALS, {"query_string": {"search": CANARY}}),
    "filter": ("GET", DEALS, {"query_string": {"where": f'secret = "{CANARY}"'}}),
    "sort": ("GET", DEALS, {"query_string": {"sort": "secret"}}),
    "history": ("GET", f"{DEALS}/1/history", {}),
    "measure": (
        "POST",
        "/forms/deal/aggregate",
        {"json": {"group": ["secret"], "measures": [{"key": "n", "fn": "count"}]}},
    ),
    "evaluate": (
        "POST",
        "/evaluate",
        {"json": {"scope": {"form": "deal"}, "expression": "secret", "values": {}, "record": 1}},
    ),
    "explain": ("GET", f"{DEALS}/1/explain", {}),
    "conflict": ("PATCH", f"{DEALS}/1", {"json": {"rev": 1, "values": {"secret": "guess"}}}),
    "form": ("GET", "/forms/deal", {}),
    "processes": ("GET", f"{DEALS}/1/processes", {}),
}


ASKS_BY_VALUE = {"filter"}
"""A refusal may repeat what she asked."""


@pytest.mark.parametrize("name", CHANNELS)
def test_a_hidden_field_is_absent_from_every_channel(target: Target, name: str) -> None:
    method, path, sent = CHANNELS[name]
    answer = target["clerk"].request(method, path, **sent)
    text = answer.get_data(as_text=True)

    assert answer.status_code < 500
    if name not in ASKS_BY_VALUE:
        assert CANARY not in text
    if answer.status_code == 200:
        assert '"secret":' not in text.replace(" ", "")


def test_a_search_for_a_hidden_value_finds_nothing(target: Target) -> None:
    assert target["clerk"].get(DEALS, query_string={"search": CANARY}).json["items"] == []


RECORD = f"{DEALS}/2"
FOREIGN: list[tuple[str, str, Any]] = [
    ("GET", RECORD, None),
    ("PATCH", RECORD, {"values": {"name": "mine"}}),
    ("DELETE", RECORD, None),
    ("POST", f"{RECORD}/restore", None),
    ("GET", f"{RECORD}/history", None),
    ("GET", f"{RECORD}/explain", None),
    ("GET", f"{RECORD}/shares", None),
    ("POST", f"{RECORD}/shares", {"subject": {"kind": "user", "id": 1}, "level": "edit"}),
    ("GET", f"{RECORD}/processes", None),
    ("GET", f"{DEALS}/999999", None),
    ("GET", f"{DEALS}/99999999999999999999", None),
]


@pytest.mark.parametrize(("method", "path", "body"), FOREIGN)
def test_a_record_of_somebody_else_is_not_there(target: Target, method: str, path: str, body: Any) -> None:
    sent = {} if body is None else {"json": body}
    answer = target.attack("rep", method, path, 403, 404, **sent)

    assert "Secret deal" not in answer.get_data(as_text=True)


BUILDING: list[tuple[str, str, Any]] = [
    ("PUT", "/drafts/role/rep", {"rev": 0, "document": {}}),
    ("POST", "/publish", {"drafts": [{"kind": "role", "key": "rep"}]}),
    ("POST", "/users", {"login": "eve", "name": "Eve", "roles": ["admin"]}),
    ("PATCH", "/users/1", {"roles": ["admin"]}),
    ("POST", "/departments", {"name": "Mine"}),
    ("PUT", "/groups/mine", {"name": "Mine", "members": []}),
    ("POST", "/users/1/password-link", None),
    ("GET", "/drafts/form/deal", None),
]


@pytest.mark.parametrize(("method", "path", "body"), BUILDING)
def test_nobody_lifts_herself(target: Target, method: str, path: str, body: Any) -> None:
    sent = {} if body is None else {"json": body}
    target.attack("rep", method, path, 403, **sent)


@pytest.mark.parametrize(
    "body",
    [
        {"roles": ["admin"], "rights": {"builder": True}},
        {"roles": [{"key": "admin"}]},
        {"roles": ["nobody"]},
        {"roles": "admin"},
        {"id": 1},
        {"login": ""},
        {"main_department": 999999},
        {"departments": [999999]},
        {"manager_id": 999999},
        {"zone": "Mars/Olympus"},
        {"language": "fr"},
        {"name": "x" * 101},
    ],
)
def test_a_person_is_changed_by_known_fields_only(target: Target, body: dict[str, Any]) -> None:
    user = target["guest"].user_id
    target.attack("admin", "PATCH", f"/users/{user}", 404, 409, 422, json=body)


LOGINS = [
    {"user": "rep", "password": "x" * 1025},
    {"user": "rep", "password": "x" * 900_000},
    {"user": "x" * 255, "password": "x"},
    {"user": "rep"},
    {"user": ["rep"], "password": "x"},
    {"user": "rep", "password": {"$ne": ""}},
    {"user": "rep", "password": "x", "next": "//evil"},
]


@pytest.mark.parametrize("body", LOGINS)
def test_a_sign_in_that_is_none_is_refused_at_once(target: Target, body: dict[str, Any]) -> None:
    target.attack("nobody", "POST", "/session", 401, 403, 422, 429, json=body)


def test_a_request_of_another_site_changes_nothing(target: Target) -> None:
    for headers in (
        {"Origin": "https://evil.example", "X-CSRF-Token": "x"},
        {"Sec-Fetch-Site": "cross-site"},
        {"X-CSRF-Token": ""},
    ):
        target.attack("rep", "POST", DEALS, 403, json={"values": {"name": "csrf"}}, headers=headers)


UPLOADS: dict[str, tuple[dict[str, Any], tuple[int, ...]]] = {
    "no file": ({}, (422,)),
    "a mapping of another form": ({"mapping": "nothing", "file": (b"a,b\n", "a.csv")}, (404, 422)),
    "a mapping that is no JSON": ({"mapping_json": "{", "file": (b"a,b\n", "a.csv")}, (400, 422)),
    "I12 a system field": (
        {
            "mapping_json": '{"key":"m","label":"M","form":"deal","columns":{"a":{"to":"created_at"}}}',
            "file": (b"a,b\n1,2\n", "a.csv"),
        },
        (400, 422),
    ),
}


@pytest.mark.parametrize("name", UPLOADS)
def test_an_import_that_cannot_be_is_refused_at_the_door(target: Target, name: str) -> None:
    fields, allowed = UPLOADS[name]

    def data() -> dict[str, Any]:
        return {
            key: (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
            for key, value in fields.items()
        }

    before = target.tables()
    answer = target["admin"].post("/forms/deal/imports", data=data(), content_type="multipart/form-data")
    assert answer.status_code in allowed, answer.json
    assert all(one["hint"] for one in answer.json["problems"])
    assert target.tables() == before
