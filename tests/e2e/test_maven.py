"""Maven Analytics' four files as published: in through the API of the running demo, by mapping files.

The data are no part of the project; `DOUGONG_SHARED` names the folder they lie in, by default one beside
the checkout.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.pages import ask, send_file

ROOT = Path(__file__).resolve().parents[2]
MAPPING = ROOT / "templates/solutions/sales_pipeline/mappings/maven_opportunities.json"
FOLDER = Path(os.environ.get("DOUGONG_SHARED", ROOT.parent / "shared")) / "data/maven_crm_sales_opportunities"
pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="NOT RUN: no Maven data (set DOUGONG_SHARED)"),
]
MEASURES = [
    {"key": "won", "fn": "count", "where": 'stage = "won"'},
    {"key": "closed", "fn": "count", "where": 'stage in ("won", "lost")'},
    {"key": "amount", "fn": "sum", "field": "amount", "where": 'stage = "won"'},
    {"key": "rate", "fn": "ratio", "numerator": "won", "denominator": "closed"},
]


@pytest.mark.parametrize("demo", ["sqlite"], indirect=True)
def test_the_published_numbers_come_back_from_the_running_demo(visit: Callable[..., Page]) -> None:
    page = visit("zhou_ning")
    for form, file, mapping in (
        ("product", "products.csv", "maven_products"),
        ("sales_agent", "sales_teams.csv", "maven_sales_teams"),
        ("customer", "accounts.csv", "maven_accounts"),
    ):
        assert send_file(page, form, FOLDER / file, mapping)["failed"] == 0
    deals = json.loads(MAPPING.read_text(encoding="utf-8"))

    first = send_file(page, "opportunity", FOLDER / "sales_pipeline.csv", deals)
    next(one for one in deals["columns"] if one["to"] == "product")["replace"] = {"GTXPro": "GTX Pro"}
    second = send_file(page, "opportunity", FOLDER / "sales_pipeline.csv", deals)

    assert (first["created"], first["failed"]) == (7320, 1480)
    assert "GTXPro" in json.dumps(first["problems"])
    assert (second["created"], second["failed"]) == (1480, 0)
    ours = {"where": 'source = "imported"'}
    counting = {"group": ["stage"], "measures": [{"key": "n", "fn": "count"}], **ours}
    stages = ask(page, "POST", "/forms/opportunity/aggregate", counting).json()["groups"]
    assert {one["key"]["stage"]: one["values"]["n"] for one in stages} == {
        "won": 4238,
        "lost": 2473,
        "needs_analysis": 1589,
        "first_contact": 500,
    }
    totals = {"group": [], "measures": MEASURES, **ours}
    [all_deals] = ask(page, "POST", "/forms/opportunity/aggregate", totals).json()["groups"]
    assert all_deals["values"]["amount"] == 10_005_534
    assert round(all_deals["values"]["rate"], 6) == 0.631501
