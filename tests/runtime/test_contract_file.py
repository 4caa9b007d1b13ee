"""`builder_ui/openapi.json` is what the browser side's types are made from; it must be the server's own."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.browser import Browser

CONTRACT = Path(__file__).resolve().parents[2] / "builder_ui" / "openapi.json"


def test_the_browser_side_was_made_from_the_servers_contract(browser: Browser) -> None:
    browser.sign_in("admin")

    served = browser.get("/openapi.json").json
    kept = json.loads(CONTRACT.read_text(encoding="utf-8"))

    for document in (served, kept):
        document["info"].pop("title", None)
        document.pop("servers", None)
    assert served == kept, "run `npm run api` in builder_ui with the served document"
