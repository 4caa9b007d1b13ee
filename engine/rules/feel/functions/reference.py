"""What people read about the functions: the editor's completion, the API and docs/reference/feel.md.

`descriptions.json` is the one source: for each function a sentence in every language, and an example that
evaluates.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from engine.rules.feel.functions import FUNCTIONS

_SOURCE: Final = Path(__file__).parent / "descriptions.json"


@dataclass(frozen=True, slots=True)
class Description:
    """signatures   one text for each way to call it: `substring(string, start position, length?)`
    description  a sentence by language
    example      a call that evaluates without a problem
    """

    name: str
    signatures: tuple[str, ...]
    description: Mapping[str, str]
    example: str


@cache
def descriptions() -> tuple[Description, ...]:
    """Every function of the language, family by family as the standard orders them."""
    texts: dict[str, dict[str, str]] = json.loads(_SOURCE.read_text(encoding="utf-8"))
    return tuple(_description(name, texts[name]) for name in FUNCTIONS)


def _description(name: str, entry: Mapping[str, str]) -> Description:
    said = {language: text for language, text in entry.items() if language != "example"}
    return Description(name, tuple(FUNCTIONS[name].forms()), said, entry["example"])
