"""The steps that every endpoint shares, on an Api of its own with a few endpoints."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask

from engine.problems import Problem
from runtime.composition.house import read_register
from runtime.db.database import Database
from runtime.db.stamps import bump, read_stamps
from runtime.db.statements import count_statements
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.errors import Conflict, NotFound
from runtime.http.guard import PUBLIC, SIGNED_IN, right
from runtime.http.reply import Reply
from runtime.http.serve import Api
from runtime.identity.authentication import IdentityGate
from runtime.identity.roles import ALL_RIGHTS
from tests.support.browser import Browser

NOTE = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "maxLength": 5},
        "amount": {"type": "number"},
        "tags": {"type": "array", "items": {"enum": ["a", "b"]}},
    },
    "required": ["text"],
    "additionalProperties": False,
}
LIMIT = {"limit": {"type": "integer", "minimum": 1, "maximum": 9, "default": 5}, "all": {"type": "boolean"}}


class NotesApi:
    """What a room's Api class looks like."""

    @endpoint("POST", "/notes", guard=SIGNED_IN, summary="Add", body=NOTE, status=201)
    def add(self, call: Call) -> object:
        given = call.fields

        def work(connection: Any) -> Reply:
            number = bump(connection, "notes")
            if given["text"] == "dup":
                raise Conflict([Problem("identity.user.taken", "/text", {"by": "x", "value": "dup"})])
            return Reply(201, {"number": number, "amount": given.get("amount")}, rev=number)

        return call.write(work)

    @endpoint("GET", "/notes", guard=SIGNED_IN, summary="List", query=LIMIT)
    def show(self, call: Call) -> object:
        return dict(call.args)

    @endpoint("GET", "/notes/<id:note>", guard=PUBLIC, summary="One")
    def one(self, call: Call, note: int) -> object:
        if note == 13:
            raise ZeroDivisionError("a fault of ours")
        if note == 7:
            raise NotFound.because("outbox.job.unknown", job=note)
        return {"if_match": call.if_match}

    @endpoint("GET", "/pages", guard=PUBLIC, summary="Cursor", query={"cursor": {"type": "string"}})
    def pages(self, call: Call) -> object:
        given = call.args.get("cursor")
        here = call.read_cursor(str(given), of="notes") if given else 0
        return {"here": here, "next": call.write_cursor(3, of="notes"), "other": call.write_cursor(3, of="x")}

    @endpoint("DELETE", "/notes", guard=right("settings"), summary="Clear", status=204)
    def clear(self, _call: Call) -> object:
        return Reply(204)


@pytest.fixture
def browser(settings, workspaces, workspace) -> Browser:
    flask_app = Flask("notes", static_folder=None)
    gate = IdentityGate(lambda _workspace, _stamps, roles: ALL_RIGHTS if "admin" in roles else frozenset())
    Api(flask_app, settings, workspaces, gate, read_register()).mount([NotesApi()])
    return Browser(flask_app, workspace)


def notes(database: Database) -> int:
    with database.read() as connection:
        return read_stamps(connection).get("notes", 0)


def test_an_endpoint_names_its_guard_or_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="guard"):
        endpoint("GET", "/open", summary="No guard")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/notes", 401), ("POST", "/notes", 401), ("DELETE", "/notes", 401), ("GET", "/notes/1", 200)],
)
def test_nobody_signed_in_reaches_public_endpoints_only(browser, method, path, status) -> None:
    assert (
        browser.request(method, path, json={"text": "a"} if method == "POST" else None).status_code == status
    )


def test_a_right_is_needed_where_the_guard_names_one(browser) -> None:
    browser.sign_in("rep")
    assert browser.delete("/notes").status_code == 403

    browser.sign_in("admin")
    assert browser.delete("/notes").status_code == 204


def test_numbers_keep_every_digit_both_ways(browser) -> None:
    browser.sign_in()

    answer = browser.post(
        "/notes", data='{"text": "a", "amount": 123456789012345.10}', content_type="application/json"
    )

    assert b'"amount":123456789012345.10' in answer.data
    assert answer.headers["ETag"] == '"1"'


def test_all_faults_of_a_body_come_at_once_with_their_places(browser) -> None:
    browser.sign_in()

    answer = browser.post("/notes", {"amount": "x", "tags": ["a", "c"], "owner": 1})

    found = {(problem["code"], problem["at"]) for problem in answer.json["problems"]}
    assert answer.status_code == 422
    assert found == {
        ("http.body.required", "/text"),
        ("http.body.type", "/amount"),
        ("http.body.enum", "/tags/1"),
        ("http.body.unknown", "/owner"),
    }
    assert all(problem["hint"] for problem in answer.json["problems"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"text": "a", "text": "b"}', 400),
        ('{"text": NaN}', 400),
        ('{"text": "a\\u0000"}', 400),
        ('{"text": "\\ud800"}', 400),
        ("[" * 100_000, 400),
        ('{"text": ', 400),
        (b"\xff\xfe", 400),
        ("{" + " " * 1_100_000 + "}", 413),
    ],
)
def test_a_body_nobody_can_read_is_refused(browser, body, status) -> None:
    browser.sign_in()

    answer = browser.post("/notes", data=body, content_type="application/json")

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_kind_is_refused(browser, kind) -> None:
    browser.sign_in()

    assert browser.post("/notes", data='{"text": "a"}', content_type=kind).status_code == 415


def test_query_arguments_are_typed_bounded_and_known(browser) -> None:
    browser.sign_in()

    assert browser.get("/notes").json == {"limit": 5}
    assert browser.get("/notes?limit=9&all=1").json == {"limit": 9, "all": True}
    for wrong in ("limit=0", "limit=x", "limit=1&limit=2", "nothing=1", "all=perhaps", "limit=" + "9" * 40):
        answer = browser.get("/notes?" + wrong)
        assert (answer.status_code, answer.json["code"].split(".")[1]) == (422, "query"), wrong


def test_paths_that_are_no_ids_do_not_exist(browser) -> None:
    for path in ("/notes/-1", "/notes/1.5", "/notes/" + "9" * 30, "/notes/１", "/notes/%00"):
        assert browser.get(path).status_code == 404, path
    answer = browser.request("PUT", "/notes/1")
    assert (answer.status_code, answer.json["code"]) == (405, "http.method-not-allowed")
    assert "GET" in answer.headers["Allow"]


def test_a_fault_of_ours_tells_a_number_and_no_trace(browser, caplog) -> None:
    answer = browser.get("/notes/13")

    number = answer.headers["X-Request-Id"]
    assert answer.status_code == 500
    assert answer.json["problems"][0]["params"] == {"request": number}
    assert "fault of ours" not in answer.text
    assert number in caplog.text


def test_problems_speak_the_callers_language(browser) -> None:
    english = browser.get("/notes/7").json
    chinese = browser.get("/notes/7", headers={"Accept-Language": "zh-TW,zh;q=0.9"}).json

    assert english["detail"] == "There is no job 7."
    assert chinese["detail"] == "没有编号为 7 的任务。"
    assert chinese["title"] == "找不到"


def test_if_match_is_a_revision(browser) -> None:
    assert browser.get("/notes/1", headers={"If-Match": '"12"'}).json == {"if_match": 12}
    assert browser.get("/notes/1").json == {"if_match": None}
    assert browser.get("/notes/1", headers={"If-Match": '"abc"'}).status_code == 400


def test_a_write_needs_the_token_of_its_own_session(browser) -> None:
    browser.sign_in("admin")
    other = browser.another()
    other.sign_in("rep")
    token = other._client.get_cookie("dougong_csrf").value

    assert browser.post("/notes", {"text": "a"}, headers={"X-CSRF-Token": ""}).status_code == 403
    assert browser.post("/notes", {"text": "a"}, headers={"X-CSRF-Token": token}).status_code == 403
    assert browser.post("/notes", {"text": "a"}).status_code == 201


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:5173"}, 201),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 201),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://localhost.evil.example"}, 403),
    ],
)
def test_requests_of_other_sites_are_refused(browser, headers, status) -> None:
    browser.sign_in()

    assert browser.post("/notes", {"text": "a"}, headers=headers).status_code == status


def test_the_same_idempotency_key_has_one_effect_and_costs_one_statement(browser, database) -> None:
    browser.sign_in()
    key = {"Idempotency-Key": "0b8e"}

    with count_statements(database) as first_counter:
        first = browser.post("/notes", {"text": "a"}, headers=key)
    with count_statements(database) as second_counter:
        second = browser.post("/notes", {"text": "a"}, headers=key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.headers["ETag"] == first.headers["ETag"]
    assert notes(database) == 1
    assert first_counter.count == 3, first_counter.statements
    assert second_counter.count == 1, second_counter.statements


def test_a_key_is_no_ticket_for_another_request_or_person(browser, database) -> None:
    browser.sign_in("admin")
    key = {"Idempotency-Key": "0b8e"}
    browser.post("/notes", {"text": "a"}, headers=key)

    other_body = browser.post("/notes", {"text": "b"}, headers=key)
    browser.sign_in("rep")
    other_person = browser.post("/notes", {"text": "a"}, headers=key)

    assert (other_body.status_code, other_body.json["code"]) == (422, "http.idempotency-key.reused")
    assert (other_person.status_code, other_person.json["number"]) == (201, 2)


def test_a_refused_request_leaves_its_key_free(browser) -> None:
    browser.sign_in()
    key = {"Idempotency-Key": "0b8e"}

    assert browser.post("/notes", {"text": "dup"}, headers=key).status_code == 409
    assert browser.post("/notes", {"text": "dup"}, headers=key).status_code == 409


def test_parallel_requests_with_one_key_have_one_effect(browser, database) -> None:
    user = browser.sign_in()
    answers: list[tuple[int, Any]] = []

    def send() -> None:
        mine = browser.another()
        mine.sign_in()
        answer = mine.post("/notes", {"text": "a"}, headers={"Idempotency-Key": "same"})
        answers.append((answer.status_code, answer.json["number"]))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert user
    assert answers == [(201, 1)] * 6
    assert notes(database) == 1


def test_a_cursor_comes_back_to_its_own_list_only_and_unchanged(browser) -> None:
    given = browser.get("/pages").json

    assert browser.get("/pages?cursor=" + given["next"]).json["here"] == 3
    for wrong in (given["other"], given["next"][:-2] + "AA", "x", "====", "é"):
        answer = browser.get("/pages", query_string={"cursor": wrong})
        assert (answer.status_code, answer.json["code"]) == (422, "http.cursor.invalid")


def test_every_answer_carries_the_security_headers(browser) -> None:
    for answer in (browser.get("/notes/1"), browser.get("/notes"), browser.get("/nowhere")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
