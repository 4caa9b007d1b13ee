"""The sample data of the sales pipeline: what a company of eight people sees of it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from tests.support.desk import Desk

pytestmark = pytest.mark.thorough


def test_the_sample_looks_like_work_that_people_did(desk: Desk) -> None:
    quotes = desk.list("xu_jingxing", "quote")
    states = Counter(quote.values["state"] for quote in quotes)

    assert states == {"draft": 4, "in_approval": 5, "approved": 4, "rejected": 2}
    assert len(desk.todo("gu_lan")) + len(desk.todo("he_yuan")) == 3
    assert len(desk.todo("xu_jingxing")) == 2
    assert all(quote.values["total"] > 0 for quote in quotes)  # type: ignore[operator]
    assert len({quote.values["no"] for quote in quotes}) == 15


def test_totals_of_a_quote_are_those_of_its_lines(desk: Desk) -> None:
    quote = desk.list("xu_jingxing", "quote", 'state = "rejected" and max_discount > 0.1')[0]

    scene = desk.scene("xu_jingxing")
    with desk.workspace.database.read() as conn:
        whole = desk.records.get(conn, scene, "quote", quote.id)
    lines = whole.values["lines"]
    assert isinstance(lines, tuple)
    subtotal = sum(
        line.values["qty"] * line.values["price"] * (1 - line.values["discount"]) for line in lines
    )
    assert whole.values["subtotal"] == subtotal
    assert whole.values["total"] == round(subtotal * Decimal("1.13"), 2)
    assert whole.values["max_discount"] == Decimal("0.15")


def test_each_role_sees_its_part(desk: Desk) -> None:
    seen = {
        login: len(desk.list(login, "opportunity"))
        for login in ("chen_jing", "shen_yizhou", "gu_lan", "su_wan", "tang_yiming", "he_yuan", "xu_jingxing")
    }

    assert seen["chen_jing"] + seen["shen_yizhou"] == seen["gu_lan"]
    assert seen["su_wan"] + seen["tang_yiming"] == seen["he_yuan"]
    assert seen["gu_lan"] + seen["he_yuan"] == seen["xu_jingxing"] == 60
    assert all(seen.values())
    products = desk.list("chen_jing", "product")
    assert all("cost" not in product.values for product in products)


def test_dates_of_the_sample_count_from_the_day_of_installation(desk: Desk) -> None:
    today = desk.workspace.now().astimezone(desk.workspace.zone).date()

    deals = desk.list("xu_jingxing", "opportunity", 'stage = "won"')

    assert all(deal.values["close_date"] < today for deal in deals)  # type: ignore[operator]
    assert all(deal.values["created_at"] < desk.workspace.now() for deal in deals)  # type: ignore[operator]
