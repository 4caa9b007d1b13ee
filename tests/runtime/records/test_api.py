"""Records over HTTP: the shapes people and programs rely on, and hostile input."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator

from runtime.db.database import Database
from runtime.db.statements import count_statements
from tests.support.browser import Browser


def _create(browser: Browser, form: str = "deal", **values: object) -> dict[str, object]:
    answer = browser.post(f"/forms/{form}/records", {"values": values})
    assert answer.status_code == 201, answer.json
    return answer.json


def test_a_form_is_drawn_with_rights_views_and_rules(rep: Browser, analyst: Browser) -> None:
    listed, tree = rep.get("/forms").json["items"], rep.get("/forms/deal").json
    masked = analyst.get("/forms/deal").json

    assert [one["key"] for one in listed] == ["customer", "deal"]
    assert tree["fields"]["lost_reason"]["visible"]["ir"] is not None
    assert tree["fields"]["note"]["access"] == "read"
    assert tree["system"]["owner"]["access"] == "read"
    assert tree["actions"] == ["create", "edit", "view"]
    assert "note" not in masked["fields"]
    assert masked["fields"]["amount"]["access"] == "mask"
    assert analyst.get("/forms/customer").status_code == 404


def test_a_record_is_created_read_changed_and_listed(rep: Browser) -> None:
    customer = _create(rep, "customer", name="Acme")
    made = _create(
        rep,
        name="x",
        customer={"id": customer["id"]},
        amount=10.5,
        lines=[{"values": {"product": "a", "price": 2}}],
    )

    changed = rep.patch(f"/forms/deal/records/{made['id']}", {"rev": 1, "values": {"hot": True}})
    shown = rep.get(f"/forms/deal/records/{made['id']}")
    listed = rep.get(
        "/forms/deal/records?fields=name,customer,amount&sort=-amount,name&where=amount%20%3E%205"
    ).json

    assert made["values"]["customer"] == {"id": customer["id"], "title": "Acme"}
    assert json.loads(changed.data, parse_float=Decimal)["values"]["amount"] == Decimal("10.50")
    assert changed.headers["ETag"] == '"2"'
    assert shown.json["values"]["lines"][0]["values"]["sum"] == 2
    assert shown.json["values"]["owner"]["title"] == "Rep"
    assert shown.json["actions"] == ["edit", "view"]
    assert listed["count"] == {"value": 1, "exact": True}
    assert listed["items"][0]["values"]["amount"] == 10.5
    assert listed["next"] is None


def test_conflicts_and_strict_revisions_are_told_apart(rep: Browser, manager: Browser) -> None:
    deal = _create(rep, name="x", amount=1)
    manager.patch(f"/forms/deal/records/{deal['id']}", {"rev": 1, "values": {"amount": 2}})

    conflict = rep.patch(f"/forms/deal/records/{deal['id']}", {"rev": 1, "values": {"amount": 3}})
    merged = rep.patch(f"/forms/deal/records/{deal['id']}", {"rev": 1, "values": {"hot": True}})
    strict = rep.patch(
        f"/forms/deal/records/{deal['id']}", {"values": {"hot": False}}, headers={"If-Match": '"1"'}
    )

    problem = conflict.json["problems"][0]
    assert (conflict.status_code, problem["params"]["field"], problem["params"]["by"]) == (
        409,
        "amount",
        "Manager",
    )
    assert (merged.status_code, strict.status_code) == (200, 412)


def test_a_taken_value_is_a_conflict_at_its_field(rep: Browser) -> None:
    _create(rep, name="x", external_no="E1")

    answer = rep.post("/forms/deal/records", {"values": {"name": "y", "external_no": "E1"}})

    assert (answer.status_code, answer.json["problems"][0]["at"]) == (409, "/external_no")
    assert "External no." in answer.json["problems"][0]["message"]


def test_history_names_fields_people_and_values(rep: Browser) -> None:
    deal = _create(rep, name="x", amount=1)
    for amount in (2, 3):
        rep.patch(f"/forms/deal/records/{deal['id']}", {"values": {"amount": amount}})

    first = rep.get(f"/forms/deal/records/{deal['id']}/history?limit=2").json
    rest = rep.get(f"/forms/deal/records/{deal['id']}/history?limit=2&cursor={first['next']}").json

    assert [one["rev"] for one in first["items"]] == [3, 2]
    assert first["items"][0]["changes"] == [{"field": "amount", "label": "Amount", "old": 2, "new": 3}]
    assert first["items"][0]["actor"]["name"] == "Rep"
    assert [one["action"] for one in rest["items"]] == ["create"]
    assert rest["next"] is None


def test_history_hides_what_the_reader_may_not_see(rep: Browser, manager: Browser, analyst: Browser) -> None:
    deal = _create(rep, name="x", amount=1)
    manager.patch(f"/forms/deal/records/{deal['id']}", {"values": {"note": "secret", "amount": 2}})

    changes = analyst.get(f"/forms/deal/records/{deal['id']}/history").json["items"][0]["changes"]

    assert [(one["field"], one["new"]) for one in changes] == [("amount", "***")]


def test_history_hides_columns_of_rows_as_the_record_does(rep: Browser, analyst: Browser) -> None:
    deal = _create(rep, name="x", lines=[{"values": {"product": "p", "qty": 7, "price": 9}}])

    (entry,) = analyst.get(f"/forms/deal/records/{deal['id']}/history").json["items"]

    rows = [(one["field"], one["new"]) for one in entry["changes"] if one.get("subtable")]
    assert rows == [("product", "p"), ("qty", "***")]


def test_history_names_whom_and_what_references_point_to(rep: Browser, manager: Browser) -> None:
    deal = _create(rep, name="x")
    manager.patch(
        f"/forms/deal/records/{deal['id']}", {"values": {"seller": rep.user_id, "department": None}}
    )

    changed, made = rep.get(f"/forms/deal/records/{deal['id']}/history").json["items"]

    told = {one["field"]: (one["old"], one["new"]) for one in (*made["changes"], *changed["changes"])}
    assert told["owner"][1]["title"] == "Rep"
    assert told["seller"][1]["title"] == "Rep"
    assert (told["department"][0]["title"], told["department"][1]) == ("East", None)


def test_masked_values_show_that_there_is_something(rep: Browser, analyst: Browser) -> None:
    full, empty = _create(rep, name="x", amount=1), _create(rep, name="y")

    assert analyst.get(f"/forms/deal/records/{full['id']}").json["values"]["amount"] == "***"
    assert analyst.get(f"/forms/deal/records/{empty['id']}").json["values"]["amount"] is None


def test_the_recycle_bin(manager: Browser) -> None:
    deal = _create(manager, name="x")

    gone = manager.delete(f"/forms/deal/records/{deal['id']}")
    listed = manager.get("/forms/deal/deleted").json["items"]
    missing = manager.get(f"/forms/deal/records/{deal['id']}")
    back = manager.post(f"/forms/deal/records/{deal['id']}/restore")

    assert (gone.status_code, missing.status_code, back.status_code) == (204, 404, 200)
    assert [(one["id"], "deleted_at" in one) for one in listed] == [(deal["id"], True)]


def test_aggregates_over_http(rep: Browser) -> None:
    for stage in ("won", "won", "new"):
        _create(rep, name="x", stage=stage, amount=2)
    body = {
        "group": ["stage"],
        "measures": [{"key": "n", "fn": "count"}, {"key": "sum", "fn": "sum", "field": "amount"}],
    }

    groups = rep.post("/forms/deal/aggregate", body).json["groups"]

    assert groups == [
        {"key": {"stage": "new"}, "values": {"n": 1, "sum": 2}},
        {"key": {"stage": "won"}, "values": {"n": 2, "sum": 4}},
    ]


def test_why_names_roles_and_shares(rep: Browser, manager: Browser, people) -> None:
    deal = _create(rep, name="x")
    path = f"/forms/deal/records/{deal['id']}"

    mine = rep.get(f"{path}/explain?action=delete").json
    theirs = manager.get(f"{path}/explain?action=edit").json

    assert (mine["allowed"], mine["reasons"][0]["detail"]) == (False, "action-missing")
    assert (theirs["allowed"], theirs["reasons"][0]["role"]["key"]) == (True, "manager")
    assert theirs["reasons"][0]["filter"] == "department_tree"


def test_a_share_opens_one_record_and_can_be_taken_back(web, workspace, rep: Browser, people) -> None:
    other = Browser(web, workspace)
    other.sign_in("other")
    deal = _create(rep, name="x", amount=5)
    path = f"/forms/deal/records/{deal['id']}"
    subject = {"kind": "user", "id": people.other.id}

    before = other.get(path).status_code
    rep.post(f"{path}/shares", {"subject": subject, "level": "read", "reason": "look"})
    seen, edited = other.get(path), other.patch(path, {"values": {"amount": 6}}).status_code
    rep.post(f"{path}/shares", {"subject": subject, "level": "edit"})
    edited_later = other.patch(path, {"values": {"amount": 6}}).status_code
    why = other.get(f"{path}/explain?action=edit").json
    shares = rep.get(f"{path}/shares").json["items"]
    rep.delete(f"{path}/shares?kind=user&id={people.other.id}")

    assert (before, seen.status_code, edited, edited_later) == (404, 200, 403, 200)
    assert seen.json["actions"] == ["view"]
    assert [one["kind"] for one in why["reasons"] if one["granted"]] == ["share"]
    assert shares[0]["subject"]["title"] == "Other"
    assert other.get(path).status_code == 404
    assert (
        rep.post(f"{path}/shares", {"subject": {"kind": "user", "id": 999}, "level": "read"}).status_code
        == 422
    )


def test_published_expressions_are_evaluated_by_id_and_free_text_needs_the_right(
    rep: Browser, admin: Browser
) -> None:
    customer = _create(rep, "customer", name="Acme", level="a")
    values = {"name": "x", "customer": customer["id"], "amount": 200, "discount": 0.25}
    free = {"expression": "amount * 2", "scope": {"form": "deal"}, "values": values}

    rank = rep.post(
        "/evaluate", {"form": "deal", "version": 1, "expression_id": "rank.formula", "values": values}
    )
    row = {
        "form": "deal",
        "expression_id": "lines.sum.formula",
        "row": 0,
        "values": {"lines": [{"values": {"qty": 2, "price": 3}}]},
    }

    assert rank.json["value"] == "a"
    assert rep.post("/evaluate", row).json["value"] == 6
    assert rep.post("/evaluate", free).status_code == 403
    traced = admin.post("/evaluate", free).json
    assert traced["value"] == 400
    assert traced["trace"]["text"] == "amount * 2"
    assert admin.post("/evaluate", {**free, "expression": "amount +"}).status_code == 422
    assert (
        rep.post("/evaluate", {"form": "deal", "expression_id": "nothing", "values": {}}).status_code == 404
    )


def test_the_contract_has_the_schemas_of_the_forms_she_may_use(rep: Browser, analyst: Browser) -> None:
    contract = rep.get("/openapi.json").json
    schema = contract["components"]["schemas"]["deal_create"]

    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["stage"]["enum"] == ["new", "won", "lost", None]
    assert "customer" not in analyst.get("/openapi.json").json["components"]["schemas"]


@pytest.mark.parametrize(
    "values",
    [
        {"name": "x" * 10_000_000},
        {"name": "a\0b"},
        {"name": 7},
        {"amount": "1"},
        {"amount": 1e300},
        {"amount": 0.001},
        {"lines": [{"values": {}}] * 3000},
        {"id": 7},
        {"rev": 7},
        {"created_at": "2020-01-01T00:00:00Z"},
        {"owner": 2},
        {"note": "read-only for her"},
        {"flow_status": "done"},
        {"nothing": 1},
        {"customer": 4711},
        {"customer": "7; drop table"},
        {"closed_on": "0000-00-00"},
        {"closed_on": "2026-02-30"},
        {"called_at": "2026-03-29T02:30:00"},
        {"stage": {"$ne": None}},
        {"lines": {"create": []}},
        {"lines": [{"values": {"sum": 1}}]},
        [],
    ],
    ids=str,
)
def test_hostile_values_are_refused_with_places_and_nothing_is_written(rep: Browser, values: object) -> None:
    given = {"name": "x", **values} if isinstance(values, dict) else values

    answer = rep.post("/forms/deal/records", {"values": given})

    assert answer.status_code in (400, 413, 422), answer.data[:300]
    assert answer.json["problems"][0]["message"]
    assert rep.get("/forms/deal/records").json["count"]["value"] == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"values": {"name": "a", "name": "b"}}', 400),
        (b'{"values": {"name": "a", "amount": NaN}}', 400),
        (b'{"values": {"name": "a", "amount": 1e999}}', 422),
        (b'{"values": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
        (b'{"values": {"name": "\\ud800"}}', 400),
        (b'{"values": {}, "rev": 1}', 422),
        (b"[]", 422),
        (b"", 400),
    ],
    ids=["duplicate", "nan", "huge", "deep", "surrogate", "unknown", "list", "empty"],
)
def test_bodies_that_are_no_good_json_are_refused(rep: Browser, body: bytes, status: int) -> None:
    answer = rep.post("/forms/deal/records", data=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == status


def test_texts_of_any_script_are_kept_as_they_are(rep: Browser) -> None:
    text = "مرحبا \u202e 商机 👨\u200d👩\u200d👧 <img src=x onerror=alert(1)> =1+1"

    made = _create(rep, name=text)

    assert rep.get(f"/forms/deal/records/{made['id']}").json["values"]["name"] == text
    assert rep.get("/forms/deal/records?search=商机").json["items"][0]["title"] == " ".join(text.split())


@pytest.mark.parametrize(
    "query",
    [
        "sort=name;%20drop%20table",
        "where=nothing%20%3D%201",
        "limit=-1",
        "limit=1000000000",
        "offset=5",
        "cursor=forged",
        "where=name%20in%20(" + ",".join(['"a"'] * 900) + ")",
        "fields=name,secret",
        "count=all",
        "view=nothing",
        "where=customer.partner.name%20%3D%20%22x%22",
        "where=%24where",
        "sort=note,note,note,note,note,note",
    ],
    ids=lambda query: query[:30],
)
def test_hostile_questions_are_refused(rep: Browser, query: str) -> None:
    answer = rep.get(f"/forms/deal/records?{query}")

    assert answer.status_code in (400, 404, 422), answer.data[:300]


def test_a_cursor_is_no_good_to_anybody_else_nor_for_another_list(rep: Browser, manager: Browser) -> None:
    for name in "abc":
        _create(rep, name=name)
    cursor = rep.get("/forms/deal/records?limit=1&sort=name").json["next"]

    mine = rep.get(f"/forms/deal/records?limit=1&sort=name&cursor={cursor}")
    other_sort = rep.get(f"/forms/deal/records?limit=1&sort=-name&cursor={cursor}")
    other_person = manager.get(f"/forms/deal/records?limit=1&sort=name&cursor={cursor}")

    assert mine.json["items"][0]["values"]["name"] == "b"
    assert (other_sort.status_code, other_person.status_code) == (422, 422)


def test_budgets_hold_at_the_request(rep: Browser, database: Database) -> None:
    """One statement more than the service: authentication with the stamps."""
    deal = _create(rep, name="x", external_no="E")
    path = f"/forms/deal/records/{deal['id']}"
    rep.get("/forms/deal/records?fields=name,customer")

    with count_statements(database) as reading:
        rep.get(path)
    with count_statements(database) as listing:
        rep.get("/forms/deal/records?fields=name,customer")
    with count_statements(database) as creating:
        rep.post("/forms/deal/records", {"values": {"name": "y", "external_no": "F"}})

    assert reading.count <= 1 + 1 + 1, reading.statements  # the form has a sub-table
    assert listing.count <= 1 + 2, listing.statements
    assert creating.count <= 1 + 4 + 1, creating.statements
