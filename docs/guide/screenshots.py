"""The pictures of README and guide, taken from a demo of its own: `make screenshots`.

Needs Chromium (Debian: apt-get install chromium fonts-noto-cjk). Writes `docs/guide/images/*.png`; a picture
that is heavier than `MAX_BYTES` is an error, so that the repository stays light.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright
from small_png import small_png

IMAGES: Final = Path(__file__).parent / "images"
MAX_BYTES: Final = 150_000
START_TIMEOUT_S: Final = 90
DESKTOP: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 375, "height": 812}
HOURS: Final = ("09:00-12:00", "13:30-18:00")
OFFICE: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "key": "office",
        "label": {"zh-CN": "总部", "en": "Head office"},
        "zone": "Asia/Shanghai",
        "hours": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), HOURS),
        "holidays": [{"from": "2026-10-01", "to": "2026-10-07", "label": "国庆节"}],
        "makeup": [{"on": "2026-09-20", "as": "monday"}, {"on": "2026-10-10", "as": "tuesday"}],
    }
)
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium on this machine (Debian: apt-get install chromium)")
    with _demo() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, picture in PICTURES.items():
            picture(Camera(browser, url, name))
        browser.close()


class Camera:
    """Opens pages of the demo as one of its people and takes the picture `name`."""

    def __init__(self, browser: Browser, url: str, name: str) -> None:
        self.browser = browser
        self.url = url
        self.name = name

    def open(self, login: str, path: str, *, phone: bool = False, language: str = "zh-CN") -> Page:
        """`path` seen by `login`; "" = by somebody who has not signed in."""
        size: Any = PHONE if phone else DESKTOP
        context = self.browser.new_context(
            viewport=size, has_touch=phone, locale=language, timezone_id="Asia/Shanghai", base_url=self.url
        )
        page = context.new_page()
        if login:
            page.goto("/login")
            page.locator(f'button[value="{login}"]').click()
            page.wait_for_url("**/app/**")
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    def take(self, page: Page) -> None:
        file = IMAGES / f"{self.name}.png"
        page.wait_for_load_state("networkidle")
        picture = page.screenshot(animations="disabled", caret="hide")
        blank = self.browser.new_page()
        file.write_bytes(small_png(blank, picture))
        blank.close()
        page.context.close()
        if file.stat().st_size > MAX_BYTES:
            sys.exit(f"{file.name} has {file.stat().st_size} bytes, more than {MAX_BYTES}")
        print(f"{file.name}  {file.stat().st_size // 1000} kB")


def _login(camera: Camera) -> None:
    camera.take(camera.open("", "/login"))


def _list(camera: Camera) -> None:
    camera.take(camera.open("gu_lan", "/app/forms/opportunity?view=open_opportunities"))


def _list_in_english(camera: Camera) -> None:
    camera.take(camera.open("gu_lan", "/app/forms/opportunity?view=open_opportunities", language="en"))


def _record(camera: Camera) -> None:
    page = camera.open("chen_jing", "/app/")
    quote = _first(page, "/api/v1/forms/quote/records", where='state = "approved"', limit="1")
    page.goto(f"/app/forms/quote/{quote['id']}")
    camera.take(page)


def _designer(camera: Camera) -> None:
    """Leaves the draft that `_plan` publishes."""
    page = camera.open("zhou_ning", "/app/builder/forms/opportunity")
    page.locator('[data-field="weighted"]').click(force=True)
    page.get_by_role("button", name="金额", exact=True).click()
    page.get_by_label("标签（中）").fill("预计毛利")
    page.get_by_label("标签（英）").fill("Gross profit")
    page.get_by_label("标签（英）").blur()
    page.wait_for_timeout(1500)  # the draft is kept a moment after the last change
    camera.take(page)


def _plan(camera: Camera) -> None:
    camera.take(camera.open("zhou_ning", "/app/builder/publish"))


def _inbox(camera: Camera) -> None:
    camera.take(_oldest_task(camera))


def _inbox_in_english(camera: Camera) -> None:
    camera.take(_oldest_task(camera, language="en"))


def _approve_on_phone(camera: Camera) -> None:
    camera.take(_oldest_task(camera, phone=True))


def _flow(camera: Camera) -> None:
    camera.take(camera.open("zhou_ning", "/app/builder/flows/quote_approval"))


def _rule(camera: Camera) -> None:
    camera.take(camera.open("zhou_ning", "/app/builder/rules/large_deal"))


def _dry_run(camera: Camera) -> None:
    page = camera.open("zhou_ning", "/app/builder/rules/late_step")
    page.get_by_role("button", name="试运行").click()
    camera.take(page)


def _runs(camera: Camera) -> None:
    """A large deal goes into negotiation, and the director is told."""
    page = camera.open("zhou_ning", "/app/")
    where = 'amount > 300000 and stage in ("needs_analysis", "proposal")'
    deal = _first(page, "/api/v1/forms/opportunity/records", where=where, limit="1")
    change = {"rev": deal["rev"], "values": {"stage": "negotiation"}}
    page.request.patch(f"/api/v1/forms/opportunity/records/{deal['id']}", data=change, headers=_token(page))
    page.goto(f"/app/forms/opportunity/{deal['id']}")
    page.get_by_role("tab", name="自动化").click()
    page.get_by_text("大单进入谈判时告诉总监").click()
    camera.take(page)


def _decision(camera: Camera) -> None:
    camera.take(camera.open("zhou_ning", "/app/builder/decisions/customer_level"))


def _calendar(camera: Camera) -> None:
    page = camera.open("zhou_ning", "/app/")
    page.request.put(
        "/api/v1/drafts/calendar/office", data={"rev": 0, "document": dict(OFFICE)}, headers=_token(page)
    )
    page.goto("/app/builder/calendars/office")
    camera.take(page)


def _token(page: Page) -> dict[str, str]:
    cookies = {one.get("name"): one.get("value", "") for one in page.context.cookies()}
    return {"X-CSRF-Token": cookies["dougong_csrf"]}


def _oldest_task(camera: Camera, **options: Any) -> Page:
    page = camera.open("gu_lan", "/app/tasks", **options)
    task = _first(page, "/api/v1/tasks", box="todo")
    page.goto(f"/app/tasks/{task['id']}")
    return page


def _first(page: Page, path: str, **params: str) -> Mapping[str, Any]:
    item: Mapping[str, Any] = page.request.get(path, params=dict(params)).json()["items"][0]
    return item


PICTURES: Final[Mapping[str, Callable[[Camera], None]]] = MappingProxyType(
    {
        "login": _login,
        "list": _list,
        "list-en": _list_in_english,
        "record": _record,
        "inbox": _inbox,
        "inbox-en": _inbox_in_english,
        "approve-phone": _approve_on_phone,
        "flow": _flow,
        "rule": _rule,
        "dry-run": _dry_run,
        "runs": _runs,
        "decision": _decision,
        "calendar": _calendar,
        "designer": _designer,
        "plan": _plan,
    }
)


@contextmanager
def _demo() -> Iterator[str]:
    """A demo on an empty folder and a free port, stopped at the end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOUGONG_")}
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        command = [sys.executable, "-m", "runtime.cli", "demo", "--data", f"{folder}/data", "--port", port]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait(process, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(15)


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url + "/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    sys.exit("The demo did not start")


if __name__ == "__main__":
    main()
