from __future__ import annotations

import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from runtime.app import create_app
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.settings import Settings
from tests.support.browser import Browser


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>built</title>")
    (folder / "assets" / "index-abc.js").write_text("export {}")
    (folder / "assets" / "index-abc.js.gz").write_bytes(gzip.compress(b"export {}"))
    return folder


@pytest.fixture
def browser(settings: Settings, workspaces: Workspaces, workspace: Workspace, built: Path) -> Browser:
    return Browser(create_app(replace(settings, static_dir=built), workspaces), workspace)


def test_every_address_of_the_workspace_is_its_page(browser: Browser) -> None:
    browser.sign_in()

    for address in ("//app", "//app/", "//app/forms/customer/7"):
        answer = browser.get(address, follow_redirects=True)
        assert "built" in answer.text
        assert answer.headers["Cache-Control"] == "no-cache"


def test_who_is_not_signed_in_comes_back_after_signing_in(browser: Browser) -> None:
    answer = browser.get("//app/tasks?box=todo")

    assert answer.location == "/login?next=/app/tasks%3Fbox%3Dtodo"


def test_hashed_assets_are_kept_for_ever_and_sent_compressed(browser: Browser) -> None:
    plain = browser.get("//app/assets/index-abc.js")
    packed = browser.get("//app/assets/index-abc.js", headers={"Accept-Encoding": "gzip"})

    assert "immutable" in plain.headers["Cache-Control"]
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert plain.mimetype == packed.mimetype == "text/javascript"


def test_a_missing_asset_is_no_page_and_nothing_outside_is_served(browser: Browser, built: Path) -> None:
    (built.parent / "secret.txt").write_text("secret")

    assert browser.get("//app/assets/gone.js").status_code == 404
    assert "secret" not in browser.get("//app/../secret.txt").text
    assert "secret" not in browser.get("//app/%2e%2e/secret.txt").text
    assert browser.get("//public/x/..%2fpages.py").status_code == 404


def test_without_the_built_assets_a_plain_page_names_the_command(browser: Browser, built: Path) -> None:
    shutil.rmtree(built)

    answer = browser.get("//app/")

    assert answer.status_code == 503
    assert "make build" in answer.text
