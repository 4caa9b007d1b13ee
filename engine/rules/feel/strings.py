"""String literals: escapes in, escapes out (DMN 1.5, 10.3.1.2, rules 33 and 64-66)."""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|[nrt'\"\\])")
_ENDINGS: Final = {'"': '"', "＂": '＂"', "“": "”“", "”": "”“"}
_PLAIN: Final = {"n": "\n", "r": "\r", "t": "\t"}


def string_value(text: str, start: int) -> tuple[str, int]:
    """The value of the literal whose content begins at `start`, and the place behind its closing quote.

    A literal that was opened with a Chinese quotation mark ends with one. (`""`, -1) if nothing closes it.
    Unknown escapes stay as they are: `"\\d"` is a backslash and a d.
    """
    endings, at = _ENDINGS[text[start - 1]], start
    while at < len(text) and text[at] not in endings:
        at += 2 if text[at] == "\\" else 1
    if at >= len(text):
        return "", -1
    return _unescape(text[start:at]), at + 1


def _unescape(raw: str) -> str:
    if "\\" not in raw:
        return raw
    value = _ESCAPE.sub(_character, raw)
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _character(found: re.Match[str]) -> str:
    escape = found[1]
    if escape[0] in "uU":
        code = int(escape[1:], 16)
        return chr(code) if code <= 0x10FFFF else found[0]
    return _PLAIN.get(escape, escape)


def quoted(value: str) -> str:
    """`value` as a string literal."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'
