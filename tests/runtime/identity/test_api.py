from __future__ import annotations

from runtime.db.statements import count_statements


def test_me_tells_who_she_is_and_costs_one_statement(browser, database) -> None:
    browser.sign_in("yizhou", name="沈亦舟", roles=["rep"])

    with count_statements(database) as counter:
        answer = browser.get("/me")

    assert counter.count == 1, counter.statements
    assert answer.json["user"]["name"] == "沈亦舟"
    assert answer.json["roles"] == [{"key": "rep", "label": "rep"}]
    assert answer.json["rights"] == {"builder": False, "users": False, "settings": False}


def test_nobody_signed_in_is_told_so(browser) -> None:
    answer = browser.get("/me")

    assert answer.status_code == 401
    assert answer.json["code"] == "http.not-signed-in"
