"""Bodies that are no JSON, or JSON that two readers could read differently, stop at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.hostile.conftest import Target

DEALS = "/forms/deal/records"
BAD_JSON = {
    "F16 duplicate key": b'{"values": {"name": "a", "name": "b"}}',
    "duplicate key outside": b'{"values": {}, "values": {"name": "b"}}',
    "P03 NaN": b'{"values": {"name": "a", "amount": NaN}}',
    "P03 Infinity": b'{"values": {"name": "a", "amount": -Infinity}}',
    "P05 depth 65": b'{"values": {"note": ' + b"[" * 65 + b"]" * 65 + b"}}",
    "P05 depth 100 000": b'{"values": {"note": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
    "E11 number of 5 000 digits": b'{"values": {"name": "a", "amount": ' + b"9" * 5000 + b"}}",
    "P02 NUL": b'{"values": {"name": "a\\u0000b"}}',
    "P16 lone surrogate": b'{"values": {"name": "a\\ud800"}}',
    "E18 broken UTF-8": b'{"values": {"name": "\xff\xfe"}}',
    "UTF-16": '{"values": {"name": "a"}}'.encode("utf-16"),
    "cut off": b'{"values": {"name": "a"',
    "two documents": b'{"values": {"name": "a"}}{}',
    "nothing": b"",
}


@pytest.mark.parametrize("name", BAD_JSON)
def test_strange_json_is_malformed(target: Target, name: str) -> None:
    target.attack("rep", "POST", DEALS, 400, data=BAD_JSON[name], content_type="application/json")


@pytest.mark.parametrize("body", [[], "x", 1, True, {"values": []}, {"values": "x"}, {}])
def test_json_of_another_shape_is_refused_with_its_place(target: Target, body: object) -> None:
    target.attack("rep", "POST", DEALS, 422, json=body)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_body_of_another_kind_is_refused(target: Target, kind: str) -> None:
    target.attack("rep", "POST", DEALS, 400, 415, data=b'{"values": {"name": "x"}}', content_type=kind)


def test_a_compressed_body_is_refused(target: Target) -> None:
    headers = {"Content-Encoding": "gzip"}
    kind = "application/json"
    target.attack("rep", "POST", DEALS, 400, 415, data=b"\x1f\x8b", content_type=kind, headers=headers)


def test_a_body_beyond_the_limit_is_refused(target: Target) -> None:
    body = b'{"values": {"note": "' + b"x" * 10_000_000 + b'"}}'
    target.attack("rep", "POST", DEALS, 413, data=body, content_type="application/json")


EXTRA_FIELDS = [
    ("rep", "POST", DEALS, {"values": {"name": "a"}, "role": "admin"}),
    ("rep", "PATCH", f"{DEALS}/1", {"values": {}, "owner": 1}),
    ("admin", "POST", "/users", {"login": "eve", "name": "Eve", "rights": ["builder"]}),
    ("admin", "POST", "/departments", {"name": "D", "path": "/1/"}),
    ("admin", "PUT", "/groups/g", {"name": "G", "members": [], "rights": ["users"]}),
    ("rep", "PATCH", "/me", {"language": "en", "roles": ["admin"]}),
    ("rep", "PATCH", "/me", {"state": "active"}),
    ("rep", "POST", "/processes", {"flow": "f", "record": 1, "initiator": 1}),
    ("rep", "POST", "/evaluate", {"form": "deal", "expression_id": "x", "user": 1}),
    ("rep", "POST", "/forms/deal/aggregate", {"measures": [{"key": "n", "fn": "count"}], "sql": "1"}),
    ("admin", "POST", "/publish", {"drafts": [], "force": True}),
    ("admin", "PUT", "/drafts/form/fresh", {"rev": 0, "document": {}, "updated_by": 1}),
    ("rep", "POST", f"{DEALS}/2/shares", {"subject": {"kind": "user", "id": 1}, "level": "read", "by": 1}),
]


@pytest.mark.parametrize(("login", "method", "path", "body"), EXTRA_FIELDS)
def test_a_field_that_nobody_asked_for_is_refused_by_name(
    target: Target, login: str, method: str, path: str, body: dict[str, object]
) -> None:
    answer = target.attack(login, method, path, 422, json=body)

    assert "http.body.unknown" in {one["code"] for one in answer.json["problems"]}


@pytest.mark.parametrize("query", ["?limit=1&limit=2", "?nothing=1", "?limit=%00", "?count=no", "?limit=x"])
def test_a_query_string_is_held_to_its_schema(target: Target, query: str) -> None:
    target.attack("rep", "GET", DEALS + query, 400, 422)
