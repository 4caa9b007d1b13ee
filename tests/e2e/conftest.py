"""Journeys of people: the demo as a process of its own, driven by Chromium.

demo    a running `dougong demo` per file, on SQLite and on PostgreSQL
visit   `visit("chen_jing")` opens a page in which that person is signed in; `phone=True` for 375 px

When a test fails, its open pages are kept as pictures in `test-artifacts/`.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "test-artifacts"
FAILED = pytest.StashKey[bool]()
START_TIMEOUT_S = 90
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(600))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@dataclass(frozen=True)
class Demo:
    """A running demo. `url` is its address without a slash at the end."""

    url: str
    data: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A `dougong` command on the demo's data, e.g. `demo.run("data", "import", …)`."""
        return subprocess.run(
            [sys.executable, "-m", "runtime.cli", *arguments, "--data", str(self.data)],
            check=False,
            capture_output=True,
            text=True,
            env=self.environment,
            cwd=ROOT,
            timeout=300,
        )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("NOT RUN: no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = _launch(playwright, path)
        yield browser
        browser.close()


def _launch(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOUGONG_")}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        name = server.create()
        environment["DOUGONG_DATABASE_URL"] = server.url_of(name)
    with _running(tmp_path_factory.mktemp("demo"), environment) as running:
        yield running
    if request.param == "postgresql":
        server.drop(name)


@contextmanager
def _running(folder: Path, environment: dict[str, str]) -> Iterator[Demo]:
    port = _free_port()
    demo = Demo(f"http://127.0.0.1:{port}", folder / "data", environment)
    command = [sys.executable, "-m", "runtime.cli", "demo", "--data", str(demo.data), "--port", str(port)]
    with (folder / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env=environment, cwd=ROOT, start_new_session=True
        )
    try:
        _wait(process, demo.url + "/readyz", folder / "demo.log")
        yield demo
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the demo ended with {process.returncode}:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the demo did not answer:\n{log.read_text()}")


@pytest.fixture
def visit(chromium: Browser, demo: Demo, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def open_page(login: str, *, phone: bool = False, language: str = "zh-CN") -> Page:
        size = {"width": 375, "height": 812} if phone else {"width": 1440, "height": 900}
        context = chromium.new_context(viewport=size, has_touch=phone, locale=language, base_url=demo.url)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto("/login")
        page.locator(f'button[value="{login}"]').click()
        page.wait_for_url("**/app/**")
        return page

    yield open_page
    if request.node.stash.get(FAILED, False):
        _keep_pictures(request.node.name, contexts)
    for context in contexts:
        context.close()


def _keep_pictures(test: str, contexts: list[BrowserContext]) -> None:
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, 1):
        page.screenshot(path=ARTIFACTS / f"{test}.{number}.png")
