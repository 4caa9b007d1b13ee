"""The title of a record: a pattern such as `{no} {name}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Final

from engine.forms.fields import FIELD_TYPES, ReferenceType
from engine.forms.model import Form
from engine.forms.system import SYSTEM

_FIELD: Final = re.compile(r"\{([^{}]*)\}")


def title_fields(title: str) -> tuple[str, ...]:
    """The keys that a pattern names, in order, each once."""
    return tuple(dict.fromkeys(name.strip() for name in _FIELD.findall(title)))


def record_title(
    form: Form,
    values: Mapping[str, object],
    language: str,
    *,
    references: Mapping[str, str] | None = None,
    zone: tzinfo = UTC,
) -> str:
    """The record's title as people read it; `#<id>` when everything in it is empty.

    values       stored values, with `id`
    references   titles of the records that reference fields point to, by field key
    """
    known = references or {}

    def shown(found: re.Match[str]) -> str:
        key = found[1].strip()
        field = form.fields.get(key) or SYSTEM.get(key)
        if field is None:
            return ""
        kind = FIELD_TYPES[field.type]
        if isinstance(kind, ReferenceType) and key in known:
            return known[key]
        return kind.display(field, values.get(key), language, zone)

    text = " ".join(_FIELD.sub(shown, form.title).split())
    return text or f"#{values.get('id')}"
