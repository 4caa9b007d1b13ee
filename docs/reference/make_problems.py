"""Writes `problems.md` from the texts of both floors: `python docs/reference/make_problems.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
TARGET: Final = ROOT / "docs" / "reference" / "problems.md"
FLOORS: Final = ("engine", "runtime")
Texts = Mapping[str, Mapping[str, str]]
"""By code: `message` and, mostly, `hint`."""

HEAD: Final = """# 问题代码 · Problem codes

由 `make_problems.py` 从界面文本生成，请勿手改。代码的含义永不改变；`{…}` 是出现在句子里的值。
接口把它们放在 `application/problem+json` 的 `problems` 中，见 [http.md](http.md)。

Generated from the texts by `make_problems.py`; do not edit. A code never changes its meaning; `{…}` are
values in the sentence. The API answers them in `problems` of `application/problem+json`, see
[http.md](http.md). Some codes, as most of `cli.`, are what commands and screens say when all is well.
"""


def page() -> str:
    """The whole document: one table per file of texts, in the order of floors and names."""
    parts = [HEAD]
    for floor in FLOORS:
        for file in sorted((ROOT / floor / "locale" / "zh-CN").glob("*.json")):
            english = _read(file.parents[1] / "en" / file.name)
            parts.append(_table(f"{floor} · {file.stem}", _read(file), english))
    return "\n".join(parts)


def _table(title: str, chinese: Texts, english: Texts) -> str:
    rows = [f"| `{code}` | {_cell(chinese[code])} | {_cell(english[code])} |" for code in sorted(chinese)]
    return "\n".join([f"## {title}", "", "| code | 中文 | English |", "|---|---|---|", *rows, ""])


def _cell(text: Mapping[str, str]) -> str:
    said = " ".join(filter(None, (text["message"], text.get("hint", ""))))
    return said.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _read(file: Path) -> Texts:
    texts: Texts = json.loads(file.read_text(encoding="utf-8"))
    return texts


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
