"""Hints for authors of expressions: quiet, with a way out."""

from __future__ import annotations

from tests.support.browser import Browser


def test_what_may_be_empty_is_named_with_a_value_to_go_on_with(admin: Browser, rep: Browser) -> None:
    def asked(text: str, form: str = "deal") -> dict[str, object]:
        answer = admin.post("/feel/hints", {"form": form, "expression": text})
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    found = asked("amount * 2 + amount")
    text = asked('name + "x" + customer.name')

    assert found == {
        "empty": [{"span": {"start": 0, "end": 6}, "name": "Amount", "fallback": "0"}],
        "cost": None,
    }
    assert text["empty"] == [{"span": {"start": 13, "end": 26}, "name": "Customer · Name", "fallback": '""'}]
    assert asked("if amount = null then 0 else amount * 2") == {"empty": [], "cost": None}
    assert asked("amount *") == {"empty": [], "cost": None}
    assert admin.post("/feel/hints", {"form": "none", "expression": "1"}).status_code == 404
    assert rep.post("/feel/hints", {"form": "deal", "expression": "1"}).status_code == 403


def test_only_a_high_cost_is_worth_a_word(admin: Browser) -> None:
    def cost(text: str) -> object:
        return admin.post("/feel/hints", {"form": "deal", "expression": text}).json["cost"]

    assert cost("sum(for i in 1..1000 return i)") is None
    heavy = cost("sum(for i in 1..500, j in 1..500 return i * j)")
    assert heavy is not None
    assert heavy == {"span": {"start": 4, "end": 45}, "steps": heavy["steps"]}  # type: ignore[index]  # a dict
