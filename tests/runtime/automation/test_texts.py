"""What rules say in the language of who reads it: messages, buttons, lists, the view of the rule."""

from __future__ import annotations

import json
from typing import Any

from engine.apps.kinds import Kind, Ref
from runtime.http.actor import SYSTEM
from runtime.identity.people import update_user
from tests.runtime.automation.conftest import Shop

TEXTS: dict[str, Any] = {
    "key": "office",
    "texts": {
        "zh-CN": {
            "rule/limit/label": "人数上限",
            "rule/limit/actions/0/message": "{name} 人数太多",
            "rule/win/label": "赢单",
            "rule/win/triggers/0/label": "我们赢了",
            "rule/win/actions/1/message": "{name} 赢了",
        }
    },
}
RULES = {
    "limit": 'rule "Limit" on lead\nwhen saving\nwhere employees > 100\n'
    'do reject employees with message "{name} has too many"\n',
    "win": 'rule "Win" on lead\nwhen button "We won"\n'
    'do set stage = "won"\n   notify role("rep") with message "{name} was won"\n',
}


def _publish(shop: Shop) -> None:
    shop.publish(**RULES)
    text = {Ref(Kind.LOCALE, "office"): json.dumps(TEXTS)}
    publishing = shop.site.services.publishing
    shop.workspace.database.write(
        lambda conn: publishing.publish_texts(conn, shop.workspace, SYSTEM, text, note="texts")
    )


def _speaks(shop: Shop, login: str, language: str) -> None:
    user, now = shop.id_of(login), shop.workspace.now()
    shop.workspace.database.write(lambda conn: update_user(conn, SYSTEM, user, {"language": language}, now))
    shop[login].language = language
    shop[login].sign_in(login, name=login.title())


def test_people_read_a_rules_texts_in_their_language(shop: Shop) -> None:
    """Both are told of both leads; of the other's lead nobody learns the name."""
    _publish(shop)
    said: dict[str, list[Any]] = {}
    for login, language in (("rep", "en"), ("ann", "zh-CN")):
        _speaks(shop, login, language)
        made = shop.create(login=login, name="Acme")["id"]
        refused = shop[login].patch(f"/forms/lead/records/{made}", {"values": {"employees": 200}}).json
        offered = shop[login].get(f"/forms/lead/records/{made}/buttons").json["items"]
        said[login] = [refused["problems"][0]["message"], offered[0]["label"]]
        assert shop[login].post(f"/forms/lead/records/{made}/buttons/win", {}).json["state"] == "done"
    shop.work(seconds=1)
    for login, found in said.items():
        shop[login].sign_in(login, name=login.title())
        found.append({one["title"] for one in shop[login].get("/notifications").json["items"]})

    assert said == {
        "rep": ["Acme has too many", "We won", {"Acme was won", "… was won"}],
        "ann": ["Acme 人数太多", "我们赢了", {"Acme 赢了", "… 赢了"}],
    }


def test_lists_and_the_view_of_a_rule_have_both_languages_and_its_text_one(shop: Shop) -> None:
    _publish(shop)

    listed = shop["admin"].get("/definitions?kind=rule").json["items"]
    shown = shop["admin"].post("/drafts/rule/limit/preview", {"text": RULES["limit"], "view": "en"}).json
    again = (
        shop["admin"]
        .post("/drafts/rule/limit/preview", {"text": shown["views"]["zh-CN"], "view": "zh-CN"})
        .json
    )

    assert {one["key"]: one["label"] for one in listed}["limit"] == {"en": "Limit", "zh-CN": "人数上限"}
    assert '规则 "人数上限"' in shown["views"]["zh-CN"]
    assert '"{name} 人数太多"' in shown["views"]["zh-CN"]
    assert again["text"] == shown["text"]
    assert 'rule "Limit"' in again["text"]
