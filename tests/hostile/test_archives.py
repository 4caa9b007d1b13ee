"""Solution zips through the door (Z01–Z12): refused whole, in both languages, with nothing installed.

What the reader of archives finds is tested in `tests/runtime/solutions/test_archive.py`.
"""

from __future__ import annotations

import io
import json
import stat
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.hostile.conftest import Target

MANIFEST = {"key": "probe", "version": "1.0.0", "label": "Probe", "requires": {"dougong": ">=0.1"}}
FORM = {"key": "fresh", "label": "F", "title": "{name}", "fields": {"name": {"type": "text", "label": "N"}}}


def packed(files: dict[str, bytes | dict[str, Any]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes) else json.dumps(content))
    return stream.getvalue()


def solution(**files: bytes | dict[str, Any]) -> bytes:
    inside = {f"{name.replace('__', '/')}.json": content for name, content in files.items()}
    return packed({"solution.json": MANIFEST, "forms/fresh.json": FORM, **inside})


def link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("forms/link.json")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return stream.getvalue()


ZIPS = {
    "Z01 up": packed({"../../x": b"x"}),
    "Z01 absolute": packed({"/etc/x": b"x"}),
    "Z01 drive": packed({"C:\\x": b"x"}),
    "Z02 link": link(),
    "Z03 bomb": packed({"forms/x.json": b" " * 9_000_000}),
    "Z06 entries": packed({f"forms/f{number}.json": b"" for number in range(3000)}),
    "Z07 twice": packed({"forms/a.json": b"1", "forms/A.json": b"2"}),
    "Z08 zip in zip": packed({"solution.json": MANIFEST, "forms/x.zip": packed({"a": b"b"})}),
    "Z09 method": packed({"forms/a.json": b"{}" * 100}, zipfile.ZIP_LZMA),
    "Z10 no manifest": packed({"forms/fresh.json": FORM}),
    "Z10 manifest of nothing": packed({"solution.json": {}}),
    "Z10 manifest twice": packed({"solution.json": b'{"key": "a", "key": "b"}'}),
    "Z11 newer platform": packed({"solution.json": {**MANIFEST, "requires": {"dougong": ">=99"}}}),
    "Z12 a form of another type": solution(
        forms__deal={**FORM, "key": "deal", "fields": {"name": {"type": "number", "label": "N"}}}
    ),
    "one broken form": solution(forms__broken={**FORM, "key": "broken", "title": "{nothing}"}),
    "one broken flow": packed(
        {"solution.json": MANIFEST, "forms/fresh.json": FORM, "flows/bad.bpmn": b"<!DOCTYPE x><x/>"}
    ),
    "python": packed({"solution.json": MANIFEST, "forms/fresh.json": FORM, "hook.py": b"import os"}),
    "deep json": packed({"solution.json": MANIFEST, "forms/a.json": b"[1," * 9000}, zipfile.ZIP_STORED),
    "no zip": b"GIF89a",
    "empty": b"",
}


@pytest.mark.parametrize("query", ["", "?plan=1"])
@pytest.mark.parametrize("name", ZIPS)
def test_a_hostile_zip_installs_nothing(target: Target, name: str, query: str) -> None:
    admin, before, answers = target["admin"], target.tables(), []
    for language in ("en", "zh-CN"):
        admin.language = language
        data = {"file": (io.BytesIO(ZIPS[name]), "x.zip")}
        answers.append(admin.post("/solutions" + query, data=data, content_type="multipart/form-data"))
    admin.language = "en"

    planned = query and answers[0].status_code == 200
    found = [answer.json for answer in answers]
    assert planned or answers[0].status_code in {409, 413, 422}, found[0]
    assert found[0]["problems"] or found[0]["plan"]["blocked"], found[0]
    assert [one["code"] for one in found[0]["problems"]] == [one["code"] for one in found[1]["problems"]]
    assert all(one["hint"] for one in found[0]["problems"] + found[1]["problems"])
    assert target.tables() == before


def test_a_zip_is_for_builders_and_comes_as_a_file(target: Target) -> None:
    target.attack("rep", "POST", "/solutions", 403, data={}, content_type="multipart/form-data")
    target.attack("admin", "POST", "/solutions", data={}, content_type="multipart/form-data")
    target.attack("admin", "POST", "/solutions", 400, 415, 422, json={"files": {"filepath": "/etc/passwd"}})
