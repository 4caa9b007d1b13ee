"""Machine names of fields, forms, flows and everything else an admin defines.

Source: SEMANTICS §2. A key is immutable once published; people see and rename labels.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from typing import Final

MAX_KEY_LENGTH: Final = 40
MAX_ID: Final = 2**53 - 1
"""Identities of rows are exact in every reader of JSON; databases would allow more."""
_KEY: Final = re.compile(r"[a-z](_?[a-z0-9])*")

FEEL_KEYWORDS: Final = frozenset(
    {
        *("and", "between", "else", "every", "external", "false", "for", "function", "if", "in"),
        *("instance", "not", "null", "of", "or", "return", "satisfies", "some", "then", "true"),
    }
)
SCOPE_NAMES: Final = frozenset(
    {
        *("initiator", "item", "nodes", "now", "old", "parent", "partial", "record", "records"),
        *("settings", "stage", "today", "user", "vars"),
    }
)
SYSTEM_FIELDS: Final = (
    "id",
    "rev",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "deleted_at",
    "flow_status",
    "owner",
    "department",
)
WRITABLE_SYSTEM_FIELDS: Final = frozenset({"owner", "department"})
RESERVED_KEYS: Final = FEEL_KEYWORDS | (SCOPE_NAMES - {"stage"}) | frozenset(SYSTEM_FIELDS)


def is_key(text: str) -> bool:
    """Whether `text` has the form of a key; reserved words have it too (options and stages may use them)."""
    return len(text) <= MAX_KEY_LENGTH and _KEY.fullmatch(text) is not None


def is_free_key(text: str) -> bool:
    """Whether `text` may name a field or a definition: the form of a key, and not reserved."""
    return is_key(text) and text not in RESERVED_KEYS


def key_from_label(label: str, taken: Collection[str], fallback: str = "field") -> str:
    """A free key that reads like the label: Chinese by pinyin, the rest as it stands.

    taken   keys that exist already; a number is added on a clash
    """
    base = _spell(label) or fallback
    if base in RESERVED_KEYS:
        base = f"{base}_{fallback}"
    candidate, number = base, 2
    while candidate in taken or not is_free_key(candidate):
        suffix = f"_{number}"
        candidate, number = base[: MAX_KEY_LENGTH - len(suffix)].rstrip("_") + suffix, number + 1
    return candidate


def _spell(label: str) -> str:
    from pypinyin import Style, lazy_pinyin  # its dictionary costs 0.2 s, which only builders should pay

    words = "_".join(lazy_pinyin(label, style=Style.NORMAL))
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    plain = re.sub(r"^[0-9_]+", "", plain)
    return plain[:MAX_KEY_LENGTH].rstrip("_")


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name that `name` was probably meant to be, for "did you mean"."""
    matches = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None
