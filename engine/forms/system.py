"""The fields that every record has and no form declares (SEMANTICS §2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from engine.forms.model import Field

_FILE: Final = Path(__file__).parent / "meta" / "system_fields.json"
_DECLARED: Final = json.loads(_FILE.read_text(encoding="utf-8"))

SYSTEM: Final[Mapping[str, Field]] = MappingProxyType(
    {key: Field(key, one["type"], one["label"], readonly=True) for key, one in _DECLARED.items()}
)
"""By key, as if the form had declared them; `owner` and `department` change by the right `transfer` alone."""
