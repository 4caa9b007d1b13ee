from __future__ import annotations

import re
from dataclasses import replace

import pytest

from runtime.app import create_app
from runtime.http.actor import SYSTEM
from runtime.identity.links import make_link
from runtime.identity.people import NewUser, create_user
from runtime.identity.roles import give_roles
from runtime.public.pages import ASSETS
from runtime.public.sign_in import own_path
from tests.support.browser import Browser

PASSWORD = "an old pine over the bridge"


@pytest.fixture
def yizhou(workspace) -> int:
    user = NewUser("yizhou.shen", "沈亦舟", email="Yizhou@Example.com", password=PASSWORD)

    def make(connection) -> int:
        user_id = create_user(connection, SYSTEM, user, workspace.now())
        give_roles(connection, SYSTEM, ("user", user_id), ["rep"], workspace.now())
        return user_id

    return workspace.database.write(make)


def submit(browser: Browser, user: str, password: str, **more: str):
    return browser.post("//login", data={"user": user, "password": password, **more})


def test_signing_in_by_form_leads_to_the_workspace(browser, yizhou) -> None:
    answer = submit(browser, "yizhou.shen", PASSWORD)

    assert (answer.status_code, answer.location) == (303, "/app/")
    assert browser.get("/me").json["user"]["id"] == yizhou
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("dougong_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_login_and_email_are_found_in_any_spelling(browser, yizhou) -> None:
    assert submit(browser, "ＹＩＺＨＯＵ.Shen ", PASSWORD).status_code == 303
    assert submit(browser.another(), "yizhou@EXAMPLE.com", PASSWORD).status_code == 303


def test_a_wrong_password_and_an_unknown_person_look_the_same(browser, yizhou) -> None:
    wrong = submit(browser, "yizhou.shen", "not the password")
    unknown = submit(browser, "nobody.here", "not the password")

    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text.replace("yizhou.shen", "") == unknown.text.replace("nobody.here", "")
    assert 'role="alert"' in wrong.text


def test_guessing_is_slowed_down_and_the_owner_gets_in_from_a_known_browser(browser, yizhou, clock) -> None:
    submit(browser, "yizhou.shen", PASSWORD)
    attacker = browser.another()
    codes = [submit(attacker, "yizhou.shen", f"guess number {n}").status_code for n in range(10)]

    assert codes[:5] == [401] * 5
    assert 429 in codes[5:]
    assert submit(attacker, "yizhou.shen", PASSWORD).status_code == 429
    assert submit(browser, "yizhou.shen", PASSWORD).status_code == 303
    clock.advance(minutes=16)
    assert submit(attacker, "yizhou.shen", PASSWORD).status_code == 303


def test_a_password_above_1024_bytes_is_refused_before_it_is_hashed(browser, yizhou) -> None:
    answer = browser.post("/session", {"user": "yizhou.shen", "password": "长" * 342})

    assert answer.status_code == 422
    assert answer.json["code"] == "identity.password.too-long"


def test_the_page_needs_no_script_and_no_inline_style(browser) -> None:
    page = browser.get("//login")

    assert page.status_code == 200
    assert not re.search(r"<script(?![^>]*src=)|<style|style=|javascript:|\son\w+=", page.text)
    policy = page.headers["Content-Security-Policy"]
    assert "'unsafe" not in policy
    for address in re.findall(r'(?:href|src)="(/public/[^"]+)"', page.text):
        asset = browser.get("/" + address)
        assert asset.status_code == 200
        assert "immutable" in asset.headers["Cache-Control"]


def test_the_style_sheet_stays_small() -> None:
    assert (ASSETS / "pages.css").stat().st_size <= 12_000


def test_the_page_speaks_both_languages_and_remembers_the_choice(browser) -> None:
    assert '<html lang="en">' in browser.get("//login").text

    browser.get("//login?language=zh-CN")

    page = browser.get("//login")
    assert '<html lang="zh-CN">' in page.text
    assert "手机号、邮箱或用户名" in page.text


def test_after_signing_in_nobody_is_sent_to_another_site(browser, yizhou) -> None:
    evil = submit(browser, "yizhou.shen", PASSWORD, next="//evil.example/x")
    own = submit(browser, "yizhou.shen", PASSWORD, next="/app/tasks?box=todo")

    assert evil.location == "/app/"
    assert own.location == "/app/tasks?box=todo"
    for address in ("/\\evil.example", "https://evil.example", "/a\\b", "/\tx", ""):
        assert own_path(address) == "/app/"


def test_demo_people_are_offered_in_the_demo_on_loopback_only(
    settings, workspaces, workspace, yizhou
) -> None:
    demo = Browser(create_app(replace(settings, demo=True), workspaces), workspace)
    open_to_all = Browser(create_app(replace(settings, demo=True, host="0.0.0.0"), workspaces), workspace)
    plain = Browser(create_app(settings, workspaces), workspace)

    assert 'value="yizhou.shen"' in demo.get("//login").text
    assert 'value="yizhou.shen"' not in demo.get("//login", base_url="http://rebound.example").text
    assert demo.post("//login/demo", data={"login": "yizhou.shen"}).status_code == 303
    assert demo.get("/me").status_code == 200
    for other in (plain, open_to_all):
        assert 'value="yizhou.shen"' not in other.get("//login").text
        assert other.post("//login/demo", data={"login": "yizhou.shen"}).status_code == 404


def test_the_set_up_link_makes_the_first_administrator_once(browser, workspace) -> None:
    token = workspace.database.write(lambda c: make_link(c, "setup", None, workspace.now()))
    given = {"name": "周宁", "login": "zhou.ning", "password": "short"}

    refused = browser.post(f"//setup/{token}", data=given)
    made = browser.post(f"//setup/{token}", data={**given, "password": PASSWORD})
    again = browser.another().post(f"//setup/{token}", data={**given, "password": PASSWORD})

    assert (refused.status_code, made.status_code, again.status_code) == (422, 303, 404)
    assert "at least 12" in refused.text.lower()
    assert browser.get("/me").json["rights"] == {"builder": True, "users": True, "settings": True}


def test_a_link_ends_after_a_day(browser, workspace, clock) -> None:
    token = workspace.database.write(lambda c: make_link(c, "setup", None, workspace.now()))
    assert browser.get(f"//setup/{token}").status_code == 200

    clock.advance(hours=25)

    assert browser.get(f"//setup/{token}").status_code == 404


def test_a_post_from_another_site_is_refused(browser, yizhou) -> None:
    given = {"user": "yizhou.shen", "password": PASSWORD}

    by_browser = browser.post("//login", data=given, headers={"Sec-Fetch-Site": "cross-site"})
    by_origin = browser.post("//login", data=given, headers={"Origin": "https://evil.example"})

    assert (by_browser.status_code, by_origin.status_code) == (403, 403)


def test_an_address_outside_the_api_fails_with_a_page_and_inside_with_a_problem(browser) -> None:
    page, problem = browser.get("//nowhere"), browser.get("/nowhere")

    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")
    assert problem.json["code"] == "http.not-found"
