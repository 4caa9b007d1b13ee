"""Character classes of XPath in the words of RE2: `[A-Z-[OI]]`, `\\p{IsGreek}`, `\\i`, `\\c`.

What RE2 has itself is handed on as written; the rest is worked out as sets of code points.
Source: XML Schema 1.1, part 2, appendix G, with the additions of XPath functions, 5.6.1.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

Ranges = tuple[tuple[int, int], ...]
"""Code points as sorted, separate ranges, both ends included."""
LAST: Final = 0x10FFFF
_BLOCKS: Final = Path(__file__).with_name("unicode_blocks.txt")
_DEEPEST: Final = 8

OUTSIDE: Final[Mapping[str, str]] = {
    "\\i": "[\\p{L}_:]",
    "\\I": "[^\\p{L}_:]",
    "\\c": "[\\p{L}\\p{M}\\p{N}._:\\-·]",
    "\\C": "[^\\p{L}\\p{M}\\p{N}._:\\-·]",
    "\\d": "\\p{Nd}",
    "\\D": "\\P{Nd}",
    "\\w": "[^\\p{P}\\p{Z}\\p{C}]",
    "\\W": "[\\p{P}\\p{Z}\\p{C}]",
    "\\s": "[ \\t\\n\\r]",
    "\\S": "[^ \\t\\n\\r]",
}
"""What the escapes mean; inside a class those that are no complement stand without their brackets."""
_SINGLE: Final[Mapping[str, str]] = {"\\n": "\n", "\\r": "\r", "\\t": "\t"}


_LETTERS: Final = frozenset("nrtpPiIcCdDwWsS")


class ClassError(ValueError):
    """The pattern cannot be read; the text says where."""


def class_text(signs: Sequence[str], at: int) -> tuple[str, int]:
    """The class that opens at `signs[at]`, for RE2, and the index behind it; raises ClassError.

    signs   single characters, escapes, and whole `\\p{…}`
    """
    reader = _Reader(signs)
    read = reader.read(at + 1, 0)
    return (f"[{''.join(read.plain)}]" if read.plain is not None else as_class(read.ranges)), reader.at


class _Read:
    """A class that was read: as RE2 writes it, or (plain is None) as a set."""

    def __init__(self, plain: list[str] | None, ranges: Ranges) -> None:
        self.plain = plain
        self.ranges = ranges


class _Reader:
    def __init__(self, signs: Sequence[str]) -> None:
        self.signs = signs
        self.at = 0

    def _sign(self, ahead: int = 0) -> str:
        index = self.at + ahead
        return self.signs[index] if index < len(self.signs) else ""

    def read(self, at: int, depth: int) -> _Read:
        self.at = at
        negated = self._sign() == "^"
        self.at += negated
        items: list[tuple[str, str]] = []
        less: Ranges = ()
        while self._sign() != "]":
            if self._sign() == "-" and self._sign(1) == "[" and items and depth < _DEEPEST:
                less = self._inner(depth)
                break
            items.append(self._item())
        if self._sign() != "]" or not items:
            raise ClassError("[")
        self.at += 1
        plain = None if less else _plain(items)
        if plain is not None:
            return _Read(["^" * negated, *plain], ranges_of(items, negated=negated) if depth else ())
        return _Read(None, subtract(ranges_of(items, negated=negated), less))

    def _inner(self, depth: int) -> Ranges:
        return self.read(self.at + 2, depth + 1).ranges

    def _item(self) -> tuple[str, str]:
        """A character, an escape, or both ends of a range."""
        low = self._sign()
        if low in ("", "["):
            raise ClassError("[")
        self.at += 1
        if self._sign() != "-" or self._sign(1) in ("[", "]", ""):
            return low, ""
        high = self._sign(1)
        if _is_set(low) or _is_set(high) or _character(low) > _character(high):
            raise ClassError(f"{low}-{high}")
        self.at += 2
        return low, high


def _plain(items: Iterable[tuple[str, str]]) -> list[str] | None:
    """The items as RE2 writes them; None if it cannot say one of them inside a class."""
    out: list[str] = []
    for low, high in items:
        if high:
            out.append(f"{low}-{high}")
        elif block := block_of(low):
            if low[1] == "P":
                return None
            out.append(_ranges_text(block))
        elif low in OUTSIDE:
            meaning = OUTSIDE[low]
            if meaning.startswith("[^"):
                return None
            out.append(meaning.strip("[]"))
        else:
            out.append("\\-" if low == "-" else low)
    return out


def block_of(sign: str) -> Ranges:
    """The code points of `\\p{IsBlock}` (and of the block of `\\P{IsBlock}`); empty for any other sign."""
    if sign[:5] not in ("\\p{Is", "\\P{Is"):
        return ()
    block = _blocks().get(sign[5:-1])
    if block is None:
        raise ClassError(sign)
    return (block,)


@cache
def _blocks() -> dict[str, tuple[int, int]]:
    lines = _BLOCKS.read_text(encoding="utf-8").splitlines()
    parts = (line.split() for line in lines if not line.startswith("#"))
    return {name: (int(low, 16), int(high, 16)) for low, high, name in parts}


def _is_set(sign: str) -> bool:
    return sign in OUTSIDE or sign.startswith(("\\p{", "\\P{"))


def _character(sign: str) -> int:
    return ord(_SINGLE.get(sign) or sign[-1])


def ranges_of(items: Iterable[tuple[str, str]], *, negated: bool) -> Ranges:
    """All code points of the items of a class, or all others."""
    found: list[tuple[int, int]] = []
    for low, high in items:
        if high:
            found.append((_character(low), _character(high)))
        else:
            found.extend(_set_of(low))
    return complement(merged(found)) if negated else merged(found)


def _set_of(sign: str) -> Ranges:
    if not _is_set(sign):
        return ((_character(sign), _character(sign)),)
    if sign in OUTSIDE:
        text = OUTSIDE[sign]
        signs = signs_of(text if text.startswith("[") else f"[{text}]")
        negated = signs[1] == "^"
        return ranges_of([(one, "") for one in signs[1 + negated : -1]], negated=negated)
    found = block_of(sign) or _category(sign[3:-1])
    return complement(found) if sign[1] == "P" else found


@cache
def _category(name: str) -> Ranges:
    """A general category, `Lu`, or all that begin with a letter, `L`; raises ClassError."""
    found = merged(
        one for category, ranges in _categories().items() if category.startswith(name) for one in ranges
    )
    if not found or not name:
        raise ClassError(f"\\p{{{name}}}")
    return found


@cache
def _categories() -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    start = 0
    for category, group in groupby(map(unicodedata.category, map(chr, range(LAST + 1)))):
        length = sum(1 for _ in group)
        found.setdefault(category, []).append((start, start + length - 1))
        start += length
    return found


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    out: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(high, out[-1][1]))
        else:
            out.append((low, high))
    return tuple(out)


def complement(ranges: Ranges) -> Ranges:
    out: list[tuple[int, int]] = []
    start = 0
    for low, high in ranges:
        if start < low:
            out.append((start, low - 1))
        start = high + 1
    if start <= LAST:
        out.append((start, LAST))
    return tuple(out)


def subtract(ranges: Ranges, less: Ranges) -> Ranges:
    return complement(merged([*complement(ranges), *less]))


def as_class(ranges: Ranges) -> str:
    """The set as RE2 writes it; the empty one matches nothing."""
    return f"[{_ranges_text(ranges)}]" if ranges else "[^\\x{0}-\\x{10FFFF}]"


def _ranges_text(ranges: Ranges) -> str:
    return "".join(f"\\x{{{low:X}}}-\\x{{{high:X}}}" for low, high in ranges)


def signs_of(pattern: str) -> list[str]:
    """Single characters, escapes, and `\\p{…}` as one sign; raises ClassError for what is no escape of XPath.

    Back-references and `\\b` are among the latter.
    """
    signs: list[str] = []
    at = 0
    while at < len(pattern):
        end = at + 1
        if pattern[at] == "\\":
            end = at + 2
            if pattern[at + 1 : end].isalnum() and pattern[at + 1] not in _LETTERS:
                raise ClassError(pattern[at:end])
            if pattern[at + 1 : at + 3] in ("p{", "P{") and "}" in pattern[at:]:
                end = pattern.index("}", at) + 1
        signs.append(pattern[at:end])
        at = end
    return signs
