"""Telling people: whom, what each may read, once, and how she wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from runtime.app import app_of
from runtime.composition.house import House as Site
from runtime.db.statements import count_statements
from runtime.http.actor import SYSTEM
from runtime.identity.people import update_user
from runtime.notifications.model import (
    About,
    Channel,
    FromTemplate,
    Notice,
    NoticeKind,
    Recipient,
    Words,
)
from runtime.notifications.notify import notify
from runtime.notifications.preferences import Quiet
from runtime.outbox.jobs import list_failed
from tests.runtime.notifications.conftest import Shop
from tests.support.clock import Clock

MAIL = frozenset({Channel.MAIL})


def notice(*recipients: Recipient, **more: Any) -> Notice:
    given: dict[str, Any] = {
        "kind": NoticeKind.MESSAGE,
        "content": Words({"zh-CN": "你好", "en": "Hello"}, "Body"),
        "source": "rule/hello",
        "occurrence": "1",
    }
    return Notice(recipients=recipients, **{**given, **more})


def user(shop: Shop, login: str) -> Recipient:
    return Recipient.user(shop.people[login].id)


def lead(shop: Shop) -> About:
    customer = shop.house.create(shop.people["anna"], "customer", name="ACME", phone="139")
    values = {"name": "Pumps {{ x }}", "amount": 100, "note": "secret", "stage": "new"}
    rows = [{"values": {"product": "P", "cost": 7}}]
    record = shop.house.create(
        shop.people["anna"], "lead", **values, customer={"id": customer.id}, lines=rows
    )
    return About("lead", record.id)


def test_each_gets_it_once_in_her_language_however_often_it_is_sent(shop: Shop) -> None:
    shop.group("team", "anna", "bei")
    same = notice(user(shop, "anna"), Recipient.group("team"), Recipient.role("seller"))

    shop.send(same, same)
    shop.send(same)

    assert [one["title"] for one in shop.told("anna")] == ["Hello"]
    assert [one["title"] for one in shop.told("bei")] == ["你好"]
    assert shop.told("carl") == []
    shop.send(replace(same, occurrence="2", skip=shop.people["anna"].id))
    assert (len(shop.told("anna")), len(shop.told("bei"))) == (1, 2)


def test_a_template_shows_each_reader_what_she_may_read(shop: Shop) -> None:
    about = lead(shop)
    people = (user(shop, "anna"), user(shop, "bei"), user(shop, "carl"))

    shop.send(notice(*people, about=about, content=FromTemplate("hello", {"extra": "now"})))

    anna, bei, carl = (shop.told(login)[0] for login in ("anna", "bei", "carl"))
    assert (anna["title"], anna["body"]) == ("Lead Pumps {{ x }}", "50.00|secret|New|139|Anna|now|P7")
    assert anna["link"] == f"/app/forms/lead/{about.record}"
    assert (bei["title"], bei["body"]) == ("线索 Pumps {{ x }}", "||新建||Bei|now|P7")
    assert (carl["title"], carl["link"]) == ("Lead", "")
    assert "secret" not in carl["body"]


def test_what_cannot_be_sent_is_a_failed_job_and_not_a_lost_save(shop: Shop) -> None:
    shop.send(notice(user(shop, "anna"), content=FromTemplate("nowhere")), notice(Recipient.group("nowhere")))

    with shop.workspace.database.read() as conn:
        failed = list_failed(conn, 10)
    assert [one.problems[0].code for one in failed] == ["notifications.template-unknown"]
    assert shop.told("anna") == []


def test_a_transaction_that_fails_tells_nobody_and_a_notice_costs_one_statement(shop: Shop) -> None:
    now = shop.workspace.now()

    def failing(conn: sa.Connection) -> None:
        notify(conn, notice(user(shop, "anna")), now=now)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        shop.workspace.database.write(failing)
    shop.work()
    with count_statements(shop.workspace.database) as counter:
        shop.tell(notice(user(shop, "anna")), notice(user(shop, "bei"), occurrence="2"))

    assert shop.told("anna") == []
    assert counter.count == 1


def test_the_list_pages_counts_and_marks_her_own_only(shop: Shop) -> None:
    both = (user(shop, "anna"), user(shop, "bei"))
    shop.send(*(notice(*both, occurrence=str(number)) for number in range(5)))
    anna = shop.browser("anna")

    first = anna.get("/notifications?limit=2").json
    with count_statements(shop.workspace.database) as counter:
        second = anna.get(f"/notifications?limit=2&cursor={first['next']}").json
    marked = anna.post("/notifications/read", {"ids": [one["id"] for one in first["items"]]}).json
    unread = anna.get("/notifications?unread=1").json

    assert counter.count == 3  # the session, the page, how many are new
    assert first["unread"] == 5
    assert marked == {"unread": 3}
    assert [one["id"] for one in unread["items"]][:2] == [one["id"] for one in second["items"]]
    foreign = shop.browser("bei").get("/notifications?unread=1").json["items"][0]["id"]
    assert anna.post("/notifications/read", {"ids": [foreign]}).json == {"unread": 3}
    assert anna.post("/notifications/read", {}).json == {"unread": 0}
    assert shop.browser("bei").get("/notifications").json["unread"] == 5
    assert anna.get(f"/notifications?unread=1&cursor={first['next']}").status_code == 422


def test_preferences_mute_what_may_be_muted(shop: Shop) -> None:
    anna = shop.browser("anna")
    muted = {"kinds": {"message": {"muted": True, "mail": True}}, "quiet": None}

    assert anna.put("/notifications/preferences", muted).status_code == 200
    shop.send(notice(user(shop, "anna"), channels=MAIL))
    shop.send(notice(user(shop, "anna"), kind=NoticeKind.ESCALATION, occurrence="2", channels=MAIL))

    got = anna.get("/notifications").json
    assert [(one["kind"], one["read"]) for one in got["items"]] == [("escalation", False), ("message", True)]
    assert len(shop.mailbox.mails) == 1
    wrong = {
        "kinds": {"escalation": {"muted": True, "mail": None}},
        "quiet": {"starts": "25:00", "ends": "7"},
    }
    answer = anna.put("/notifications/preferences", wrong)
    assert answer.status_code == 422
    assert [one["at"] for one in answer.json["problems"]] == [
        *("/kinds/escalation/muted", "/quiet/starts", "/quiet/ends")
    ]
    assert anna.get("/notifications/preferences").json["kinds"]["message"] == {"muted": True, "mail": True}


def test_a_mail_leaves_for_those_who_want_it_with_the_words_as_text(shop: Shop) -> None:
    about = lead(shop)
    shop.browser("bei").put(
        "/notifications/preferences", {"kinds": {"message": {"muted": False, "mail": False}}, "quiet": None}
    )

    shop.send(
        notice(
            *(
                user(shop, "anna"),
                user(shop, "bei"),
                user(shop, "carl"),
                Recipient.address("lee@example.org"),
            ),
            about=about,
            content=Words("Line\none <b>", "1 < 2\n\nnext"),
            channels=MAIL,
        )
    )

    mails = {str(mail["To"]): mail for mail in shop.mailbox.mails}
    assert set(mails) == {"anna@example.com", "lee@example.org"}
    mail = mails["anna@example.com"]
    text, html = (part.get_content() for part in mail.iter_parts())
    assert (mail["Subject"], mail["From"].addresses[0].addr_spec) == ("Line one <b>", "crm@example.com")
    assert f"https://crm.example.com/app/forms/lead/{about.record}" in text
    assert "<b>" not in html
    assert "<p>1 &lt; 2</p><p>next</p>" in html
    assert str(mail["Message-ID"]).endswith(".main@crm.example.com>")
    assert len(shop.told("carl")) == 1


def test_quiet_hours_hold_a_mail_back_until_they_end(shop: Shop, clock: Clock) -> None:
    local = shop.workspace.now().astimezone(ZoneInfo("Asia/Shanghai"))
    quiet = {"starts": f"{local:%H:%M}", "ends": f"{local + timedelta(hours=2):%H:%M}"}
    shop.browser("anna").put("/notifications/preferences", {"kinds": {}, "quiet": quiet})

    shop.send(notice(user(shop, "anna"), channels=MAIL))

    assert len(shop.told("anna")) == 1
    assert shop.mailbox.mails == []
    clock.advance(minutes=121)
    shop.work()
    assert len(shop.mailbox.mails) == 1


@pytest.mark.parametrize(
    ("starts", "ends", "now", "over"),
    [
        ("22:00", "07:00", "2026-03-01T23:00", "2026-03-02T07:00"),
        ("22:00", "07:00", "2026-03-02T06:59", "2026-03-02T07:00"),
        ("22:00", "07:00", "2026-03-02T07:00", "2026-03-02T07:00"),
        ("12:00", "13:00", "2026-03-02T12:30", "2026-03-02T13:00"),
        ("12:00", "13:00", "2026-03-02T11:59", "2026-03-02T11:59"),
        ("08:00", "08:00", "2026-03-02T09:00", "2026-03-03T08:00"),
    ],
)
def test_quiet_hours_pass_over_midnight(starts: str, ends: str, now: str, over: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert Quiet(starts, ends).over_at(moment, ZoneInfo("UTC")) == datetime.fromisoformat(over).replace(
        tzinfo=UTC
    )


def test_a_server_that_says_later_is_asked_again_and_one_that_says_never_is_not(
    shop: Shop, clock: Clock
) -> None:
    shop.mailbox.refuse = (450, "busy")
    shop.send(notice(user(shop, "anna"), channels=MAIL))
    shop.mailbox.refuse = None
    clock.advance(minutes=30)
    shop.work()
    shop.mailbox.refuse = (550, "no such user")
    shop.send(notice(user(shop, "anna"), channels=MAIL, occurrence="2"))
    shop.send(notice(Recipient.address("not an address"), channels=MAIL, occurrence="3"))

    with shop.workspace.database.read() as conn:
        failed = list_failed(conn, 10)
    assert len(shop.mailbox.mails) == 1
    assert [one.problems[0].code.removeprefix("notifications.mail.") for one in failed] == [
        *("bad-address", "refused")
    ]
    assert "no such user" in str(failed[1].problems[0].params)


def test_without_a_mail_server_the_job_names_the_setting(shop: Shop) -> None:
    site = Site.open(replace(shop.site.settings, smtp_url=""), shop.site.workspaces)
    bare = replace(shop, site=site, flask_app=app_of(site))

    bare.send(notice(user(shop, "anna"), channels=MAIL))

    with shop.workspace.database.read() as conn:
        (failed,) = list_failed(conn, 10)
    assert failed.problems[0].params == {"setting": "DOUGONG_SMTP_URL"}
    assert len(shop.told("anna")) == 1


def test_who_has_left_is_told_nothing(shop: Shop) -> None:
    changes, now = {"state": "deactivated"}, shop.workspace.now()
    anna = shop.people["anna"].id
    shop.workspace.database.write(lambda conn: update_user(conn, SYSTEM, anna, changes, now))

    shop.send(notice(user(shop, "anna"), channels=MAIL))

    assert shop.mailbox.mails == []
