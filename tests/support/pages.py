"""What every journey does on a page: ask the API as the person who is signed in there, pick from a list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import APIResponse, Page, expect

JOB_TIMEOUT_MS = 120_000
BETWEEN_ASKING_MS = 200


def ask(
    page: Page,
    method: str,
    path: str,
    data: object = None,
    *,
    params: dict[str, str] | None = None,
    expected: int | None = None,
) -> APIResponse:
    """An API call with the page's session; `path` is below `/api/v1`. Without `expected` it must succeed."""
    answer = page.request.fetch(
        "/api/v1" + path, method=method, data=data, params=params, headers=_headers(page)
    )
    fits = answer.ok if expected is None else answer.status == expected
    assert fits, (path, answer.status, answer.text())
    return answer


def send_file(page: Page, form: str, file: Path | str, mapping: dict[str, Any] | str) -> dict[str, Any]:
    """Imports a file (or a text) by a published mapping or by a document; the finished job's result."""
    content = file.read_bytes() if isinstance(file, Path) else file.encode()
    upload = {"name": "rows.csv", "mimeType": "text/csv", "buffer": content}
    given = {"mapping": mapping} if isinstance(mapping, str) else {"mapping_document": json.dumps(mapping)}
    answer = page.request.post(
        f"/api/v1/forms/{form}/imports", multipart={"file": upload, **given}, headers=_headers(page)
    )
    assert answer.status == 202, answer.text()
    return _finished(page, answer.json()["job"])


def _finished(page: Page, job: int) -> dict[str, Any]:
    for _ in range(JOB_TIMEOUT_MS // BETWEEN_ASKING_MS):
        found: dict[str, Any] = ask(page, "GET", f"/jobs/{job}").json()
        if found["state"] in {"done", "failed"}:
            result: dict[str, Any] = found["result"]
            return result
        page.wait_for_timeout(BETWEEN_ASKING_MS)
    raise AssertionError(found)


def _headers(page: Page) -> dict[str, str]:
    cookies = {str(cookie.get("name")): str(cookie.get("value")) for cookie in page.context.cookies()}
    return {"X-CSRF-Token": cookies["dougong_csrf"]}


def pick(page: Page, name: str, text: str) -> None:
    """Searches in a picker and takes the line with `text`.

    By class: the lines that a person sees are no ARIA options, those are kept apart for screen readers.
    """
    box = page.get_by_role("combobox", name=name)
    box.click()
    if box.get_attribute("readonly") is None:
        box.fill(text)
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=text).first.click()
    expect(box).to_have_attribute("aria-expanded", "false")
