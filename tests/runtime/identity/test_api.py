from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from runtime.app import create_app
from runtime.db.statements import count_statements
from runtime.http.actor import SYSTEM
from runtime.identity.authentication import IdentityGate
from runtime.identity.roles import give_roles
from tests.support.browser import Browser


def test_me_tells_who_she_is_and_costs_one_statement(browser, database) -> None:
    browser.sign_in("yizhou", name="沈亦舟", roles=["rep"])
    browser.get("/me")

    with count_statements(database) as counter:
        answer = browser.get("/me")

    assert counter.count == 1, counter.statements
    assert answer.json["user"]["name"] == "沈亦舟"
    assert answer.json["roles"] == [{"key": "rep", "label": "rep"}]
    assert answer.json["rights"] == {"builder": False, "users": False, "settings": False}
    assert answer.json["workspace"] == {"name": "斗拱 Dougong", "currency": "CNY", "zone": "Asia/Shanghai"}


def test_nobody_signed_in_is_told_so(browser) -> None:
    answer = browser.get("/me")

    assert answer.status_code == 401
    assert answer.json["code"] == "http.not-signed-in"


def test_signing_out_ends_the_session_on_the_server(browser) -> None:
    browser.sign_in()
    kept = browser._client.get_cookie("dougong_session").value

    assert browser.delete("/session").status_code == 204

    browser._client.set_cookie("dougong_session", kept)
    assert browser.get("/me").status_code == 401


@pytest.mark.parametrize(("hours", "steps"), [(9, 1), (6, 28)])
def test_a_session_ends_when_idle_for_eight_hours_and_after_seven_days(browser, clock, hours, steps) -> None:
    browser.sign_in()

    answers = []
    for _ in range(steps):
        clock.advance(hours=hours)
        answers.append(browser.get("/me").status_code)

    assert answers[-1] == 401
    assert set(answers[:-1]) <= {200}


def test_who_is_deactivated_loses_her_sessions_at_once(browser) -> None:
    admin, rep = browser, browser.another()
    admin.sign_in("admin")
    user = rep.sign_in("rep")

    answer = admin.patch(f"/users/{user}", {"state": "deactivated"})

    assert answer.json["state"] == "deactivated"
    assert rep.get("/me").status_code == 401


def test_a_role_taken_away_is_gone_at_the_next_request(browser) -> None:
    admin, helper = browser, browser.another()
    admin.sign_in("admin")
    user = helper.sign_in("helper", roles=["admin"])
    assert helper.get("/people").status_code == 200

    admin.patch(f"/users/{user}", {"roles": []})

    assert helper.get("/people").status_code == 403


def test_departments_make_the_tree_the_manager_and_the_people_below(browser, workspace) -> None:
    admin = browser
    boss = admin.sign_in("admin")
    company = admin.post("/departments", {"name": "青砚", "heads": [boss]}).json["id"]
    sales = admin.post("/departments", {"name": "销售部", "parent": company}).json["id"]
    east = admin.post("/departments", {"name": "华东", "parent": sales}).json["id"]
    lead = admin.post("/users", {"login": "gu_lan", "name": "顾岚", "main_department": east}).json["id"]
    admin.patch(f"/departments/{east}", {"heads": [lead]})
    rep = admin.post("/users", {"login": "shen", "name": "沈", "main_department": east}).json
    head = admin.get(f"/users/{lead}").json

    assert rep["manager_id"] == lead
    assert head["manager_id"] == boss
    assert rep["departments"] == [east]
    assert admin.get("/users?search=顾").json["items"] == [
        {"id": lead, "title": "顾岚", "department": "华东"}
    ]

    leader = browser.another()
    leader.sign_in("gu_lan")
    gate = IdentityGate(lambda *_: frozenset())
    token = leader._client.get_cookie("dougong_session").value
    actor = gate.enter(workspace, token, "").actor
    assert (actor.departments, actor.department_tree, actor.manager_id) == ((east,), (east,), boss)

    admin.patch(f"/departments/{sales}", {"heads": [lead]})
    admin.patch(f"/users/{lead}", {"departments": [east, sales]})
    actor = gate.enter(workspace, token, "").actor
    assert actor.department_tree == (sales, east)


def test_moving_a_department_takes_everything_below_along_and_never_below_itself(browser) -> None:
    browser.sign_in()
    a = browser.post("/departments", {"name": "a"}).json["id"]
    b = browser.post("/departments", {"name": "b", "parent": a}).json["id"]
    c = browser.post("/departments", {"name": "c", "parent": b}).json["id"]

    assert browser.patch(f"/departments/{a}", {"parent": c}).status_code == 409
    assert browser.patch(f"/departments/{b}", {"parent": None}).json["parent"] is None
    assert browser.patch(f"/departments/{a}", {"parent": c}).json["parent"] == c
    assert browser.delete(f"/departments/{b}").status_code == 409
    assert browser.delete(f"/departments/{a}").status_code == 204


def test_the_last_administrator_cannot_be_lost(browser) -> None:
    me = browser.sign_in("admin")

    for change in ({"roles": []}, {"state": "deactivated"}):
        answer = browser.patch(f"/users/{me}", change)
        assert (answer.status_code, answer.json["code"]) == (409, "identity.role.last-admin")


def test_nobody_gives_rights_that_she_has_not(settings, workspaces, workspace, monkeypatch) -> None:
    rights = {"clerk": frozenset({"users"}), "admin": frozenset({"users", "builder", "settings"})}
    book = lambda _w, _s, roles: frozenset().union(*(rights.get(role, frozenset()) for role in roles))  # noqa: E731
    monkeypatch.setattr("runtime.composition.people.RoleBook.rights_of", lambda _self, *given: book(*given))
    monkeypatch.setattr("runtime.composition.people.RoleBook.labels", lambda _self, _call: dict(rights))
    browser = Browser(create_app(settings, workspaces), workspace)
    admin = browser.sign_in("admin")
    clerk = browser.another()
    me = clerk.sign_in("clerk", roles=["clerk"])

    lifted = clerk.patch(f"/users/{me}", {"roles": ["admin"]})
    dethroned = clerk.patch(f"/users/{admin}", {"roles": []})
    allowed = clerk.post("/users", {"login": "new", "name": "New", "roles": ["clerk"]})

    assert (lifted.status_code, dethroned.status_code, allowed.status_code) == (403, 403, 201)
    assert lifted.json["problems"][0]["params"]["rights"] == ["builder", "settings"]


def test_what_is_taken_is_named_with_its_holder(browser) -> None:
    browser.sign_in()
    browser.post("/users", {"login": "Shen", "name": "沈亦舟", "email": "s@example.com"})

    answer = browser.post("/users", {"login": "ｓｈｅｎ", "name": "Other", "email": "S@example.com"})

    taken = {(problem["at"], problem["params"]["by"]) for problem in answer.json["problems"]}
    assert answer.status_code == 409
    assert taken == {("/login", "沈亦舟"), ("/email", "沈亦舟")}


def test_a_person_who_cannot_exist_is_refused_with_all_reasons(browser) -> None:
    browser.sign_in()
    given = {"login": "x", "name": " ", "zone": "Mars/Olympus", "main_department": 99, "manager_id": 98}

    answer = browser.post("/users", given)

    codes = [problem["code"] for problem in answer.json["problems"]]
    assert answer.status_code == 422
    assert codes == [
        "identity.user.blank",
        "identity.zone.unknown",
        "identity.department.unknown",
        "identity.user.unknown",
    ]


@pytest.mark.parametrize("password", ["short", "a" * 40, "dougongdougong", "shen.yizhou1", "x" * 1025])
def test_weak_passwords_are_refused(browser, password) -> None:
    browser.sign_in()

    answer = browser.post("/users", {"login": "shen.yizhou", "name": "沈亦舟", "password": password})

    assert answer.status_code == 422
    assert answer.json["code"].startswith("identity.password.")


def test_she_changes_her_own_language_and_nothing_else(browser) -> None:
    browser.sign_in("rep")

    assert browser.patch("/me", {"language": "en", "zone": "Europe/Berlin"}).status_code == 200
    assert browser.get("/me").json["user"]["zone"] == "Europe/Berlin"
    for stolen in ({"roles": ["admin"]}, {"login": "x"}, {"id": 1}):
        assert browser.patch("/me", stolen).status_code == 422


def test_a_group_gives_its_roles_to_its_members(browser, workspace) -> None:
    browser.sign_in("admin")
    helper, stranger = browser.another(), browser.another()
    user = helper.sign_in("helper", roles=[])
    stranger.sign_in("stranger", roles=[])
    group = browser.put("/groups/it", {"name": "IT", "members": [{"user_id": user, "weight": 2}]}).json
    now = workspace.now()
    workspace.database.write(lambda c: give_roles(c, SYSTEM, ("group", group["id"]), ["admin"], now))

    assert helper.get("/me").json["rights"]["users"] is True
    assert stranger.get("/me").json["roles"] == []
    assert browser.get("/groups").json["items"][0]["members"] == [
        {"user_id": user, "weight": 2, "capacity": None}
    ]


def test_parallel_changes_never_lose_the_last_administrator(browser) -> None:
    first = browser.sign_in("admin")
    second_browser = browser.another()
    second = second_browser.sign_in("other", roles=["admin"])
    pairs = [(browser, second), (second_browser, first)]

    with ThreadPoolExecutor(2) as pool:
        codes = list(
            pool.map(lambda pair: pair[0].patch(f"/users/{pair[1]}", {"roles": []}).status_code, pairs)
        )

    assert sorted(codes) in ([200, 403], [200, 409])
