"""Every code of these rooms has its texts in both languages, and no text is left without a code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

RUNTIME = Path(__file__).parents[3] / "runtime"
_CODE = re.compile(r'"((?:query|records|access|catalog)\.[a-z]+(?:[.-][a-z-]+)*)"')
_REFUSED = re.compile(r'refuse\(\s*"([a-z-]+)"')


def _used(room: str) -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in (RUNTIME / room).glob("*.py")]
    codes = {code for source in sources for code in _CODE.findall(source)}
    return codes | {f"query.expression.{name}" for source in sources for name in _REFUSED.findall(source)}


def _texts(language: str, room: str) -> dict[str, dict[str, str]]:
    return json.loads((RUNTIME / "locale" / language / f"{room}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_codes_and_texts_agree(language: str) -> None:
    rooms = ("catalog", "query", "access", "records")
    used = set[str]().union(*(_used(room) for room in rooms))
    texts = {code: text for room in rooms for code, text in _texts(language, room).items()}

    assert used == set(texts)
    assert all(text["message"] and text["hint"] for text in texts.values())
