"""Maven Analytics' 8 800 deals, as they are published: in by the shipped mappings, back through the API.

The data are no part of the project; `DOUGONG_SHARED` names the folder they lie in, by default one beside
the checkout.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from runtime.imports.model import Counts
from tests.support.browser import Browser

if TYPE_CHECKING:
    from tests.runtime.imports.conftest import Office

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("DOUGONG_SHARED", ROOT.parent / "shared")) / "data/maven_crm_sales_opportunities"
pytestmark = [
    pytest.mark.conformance,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not FOLDER.is_dir(), reason="NOT RUN: no Maven data (set DOUGONG_SHARED)"),
]


def aggregate(who: Browser, **query: Any) -> list[dict[str, Any]]:
    answer = who.post("/forms/opportunity/aggregate", query)
    assert answer.status_code == 200, answer.json
    groups: list[dict[str, Any]] = answer.json["groups"]
    return groups


def test_eight_thousand_deals_come_in_and_their_numbers_come_back(office: Office, browser: Browser) -> None:
    for mapping, file in (
        ("maven_products", "products.csv"),
        ("maven_sales_teams", "sales_teams.csv"),
        ("maven_accounts", "accounts.csv"),
    ):
        assert office.run(office.mapping(mapping), FOLDER / file, batch=mapping).counts.failed == 0

    deals = office.mapping("maven_opportunities")
    first = office.run(deals, FOLDER / "sales_pipeline.csv", batch="first")
    unmatched = {one.problems[0].params["text"] for one in office.failed("first")}
    columns = [
        {
            "from": one.source,
            "to": one.target,
            "match": one.match,
            "format": one.format,
            "replace": dict(one.replace),
        }
        for one in deals.columns
    ]
    for column in columns:
        if column["to"] == "product":
            column["replace"] = {"GTXPro": "GTX Pro"}
    given = [{name: value for name, value in column.items() if value} for column in columns]
    second = office.run(
        office.mapping("maven_opportunities", columns=given), FOLDER / "sales_pipeline.csv", batch="second"
    )

    assert first.counts == Counts(8800, created=7320, failed=1480)
    assert unmatched == {"GTXPro"}
    assert second.counts == Counts(8800, created=1480, unchanged=7320)
    browser.sign_in()
    stages = aggregate(browser, group=["stage"], measures=[{"key": "n", "fn": "count"}])
    [won] = aggregate(
        browser,
        group=[],
        measures=[
            {"key": "won", "fn": "count", "where": 'stage = "won"'},
            {"key": "closed", "fn": "count", "where": 'stage in ("won", "lost")'},
            {"key": "amount", "fn": "sum", "field": "amount", "where": 'stage = "won"'},
            {"key": "rate", "fn": "ratio", "numerator": "won", "denominator": "closed"},
        ],
    )
    assert {one["key"]["stage"]: one["values"]["n"] for one in stages} == {
        "won": 4238,
        "lost": 2473,
        "needs_analysis": 1589,
        "first_contact": 500,
    }
    assert won["values"]["amount"] == 10_005_534
    assert round(won["values"]["rate"], 6) == 0.631501
