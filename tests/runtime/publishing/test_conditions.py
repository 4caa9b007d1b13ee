"""Views and record filters whose condition the database cannot answer are refused at publish."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import Browser

VISIT: dict[str, Any] = {
    "key": "visit",
    "label": "Visit",
    "title": "{subject}",
    "fields": {
        "subject": {"type": "text", "label": "Subject"},
        "cost": {"type": "money", "label": "Cost"},
        "tax": {"type": "money", "label": "Tax", "formula": "cost / 4"},
    },
}
OUT_OF_SQL = [
    ("cost / 2 > 5", "query.expression.operator", (0, 8)),
    ('upper case(subject) = "A"', "query.expression.function", (0, 19)),
    ('cost = 1 or matches(subject, "a+")', "query.expression.function", (12, 34)),
]


@pytest.fixture
def admin(browser: Browser) -> Browser:
    browser.sign_in()
    put(browser, "form", VISIT)
    assert publish(browser, "form", "visit").status_code == 200
    return browser


def view(where: str) -> dict[str, Any]:
    return {"key": "dear", "label": "Dear", "form": "visit", "columns": ["subject"], "where": where}


def clerk(record_filter: str) -> dict[str, Any]:
    grant = {"form": "visit", "actions": ["view"], "record_filter": record_filter}
    return {"key": "clerk", "label": "Clerk", "grants": [grant]}


def put(admin: Browser, kind: str, document: dict[str, Any], rev: int = 0) -> Any:
    return admin.put(f"/drafts/{kind}/{document['key']}", {"rev": rev, "document": document})


def publish(admin: Browser, kind: str, key: str) -> Any:
    return admin.post("/publish", {"drafts": [{"kind": kind, "key": key}]})


def shown(problem: dict[str, Any]) -> tuple[object, ...]:
    return problem["code"], problem["at"], (problem["span"]["start"], problem["span"]["end"])


@pytest.mark.parametrize(("where", "code", "span"), OUT_OF_SQL)
def test_a_view_that_cannot_run_is_refused_with_reason_and_place(
    admin: Browser, where: str, code: str, span: tuple[int, int]
) -> None:
    kept = put(admin, "view", view(where))
    refused = publish(admin, "view", "dear")

    assert [shown(one) for one in kept.json["problems"]] == [(code, "/where", span)]
    assert refused.status_code == 422
    assert [shown(one) for one in refused.json["problems"]] == [(code, "/where", span)]
    assert refused.json["problems"][0]["hint"]


@pytest.mark.parametrize(("where", "code", "span"), OUT_OF_SQL)
def test_a_record_filter_that_cannot_run_is_refused_with_reason_and_place(
    admin: Browser, where: str, code: str, span: tuple[int, int]
) -> None:
    put(admin, "role", clerk(f"= {where}"))
    refused = publish(admin, "role", "clerk")

    assert refused.status_code == 422
    [problem] = refused.json["problems"]
    assert shown(problem) == (code, "/grants/0/record_filter", span)


def test_what_feel_itself_refuses_is_said_once(admin: Browser) -> None:
    kept = put(admin, "view", view("csot > 5"))

    assert len(kept.json["problems"]) == 1


def test_conditions_over_columns_and_formulas_are_published(admin: Browser) -> None:
    put(admin, "view", view("tax > 5 and cost between 1 and 9"))
    put(admin, "role", clerk("= owner.id = user.id"))

    assert publish(admin, "view", "dear").status_code == 200
    assert publish(admin, "role", "clerk").status_code == 200


ASKING = [
    ("checks", 'count(records("visit")[tax / 2 > 1]) > 3', "query.expression.operator", "/checks/0/reject"),
    ("checks", 'sum(records("visit").subject) = null', "query.expression.aggregate", "/checks/0/reject"),
    ("checks", 'count(records("visit")[csot = 1]) > 3', "feel.name.unknown-near", "/checks/0/reject"),
    ("checks", 'some v in records("visit") satisfies v.cost > 3', "feel.query.shape", "/checks/0/reject"),
    ("formula", 'count(records("visit"))', "form.expression.asks", "/fields/total/formula"),
    ("visible", 'exists(records("visit"))', "form.expression.asks", "/fields/total/visible"),
    ("default", 'count(records("visit")[cost > record.cost])', "", ""),
    ("checks", 'count(records("visit")[id != record.id and cost = record.cost]) > 3', "", ""),
]


def test_what_a_form_may_ask_other_records_is_said_in_the_draft(admin: Browser) -> None:
    rev = 0
    for part, value, code, at in ASKING:
        total: dict[str, Any] = {"type": "number", "label": "Total"}
        form = {**VISIT, "fields": {**VISIT["fields"], "total": total}}
        if part == "checks":
            form["checks"] = [{"reject": value, "message": "No"}]
        else:
            total[part] = f"={value}" if part == "default" else value

        kept = put(admin, "form", form, rev)

        rev, problems = kept.json["rev"], kept.json["problems"]
        assert [(one["code"], one["at"]) for one in problems] == ([(code, at)] if code else []), value
        assert all(one["hint"] and one["span"] for one in problems)

    assert publish(admin, "form", "visit").status_code == 200


def test_a_form_that_takes_the_column_from_a_view_is_blocked_naming_the_view(admin: Browser) -> None:
    put(admin, "view", view("tax > 5"))
    publish(admin, "view", "dear")
    fields = {
        **VISIT["fields"],
        "tax": {"type": "money", "label": "Tax", "formula": "decimal(cost, today().day)"},
    }

    put(admin, "form", {**VISIT, "fields": fields})
    refused = publish(admin, "form", "visit")

    assert refused.status_code == 422
    [problem] = refused.json["problems"]
    assert (problem["document"], problem["code"]) == ("view/dear", "query.expression.no-column")
