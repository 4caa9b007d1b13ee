"""The known names of a scope, for finding the longest one at a place of the text.

Names may hold blanks and signs (`客户 等级`, `end included`), so each is kept as its parts.
Source: DMN 1.5, clause 10.3.1.2, rules 27-30 and the remarks on tokens, names and white space.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from engine.rules.feel.types import SIMPLE_TYPES, ContextType, FeelType, ListType, RangeType, Scope

_START: Final = (
    r"?A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3004-\u3007\u3021-\u302F\u3031-\uD7FF\uF900-\uFDCF\uFDF0-\uFEFE\uFF21-\uFF3A\uFF41-\uFF5A"
    r"\uFF66-\uFFDC\U00010000-\U000EFFFF"
)
NAME_START: Final = f"[{_START}]"
NAME_PART: Final = rf"[{_START}0-9\u00B7\u0300-\u036F\u203F-\u2040]"
_PARTS: Final = re.compile(rf"{NAME_PART}+|\S")
SPACED_PROPERTIES: Final = ("time offset", "start included", "end included")

_FOLDED: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if not chr(code).isalpha()}
FOLDING: Final = _FOLDED | {
    ord(fancy): plain
    for fancy, plain in zip("“”、【】×÷−‘’\ufeff\u200b\u3000", "\"\",[]*/-''   ", strict=True)
}


@dataclass(slots=True)
class _Branch:
    """What may follow the parts so far, and the name they make up, if they do."""

    following: dict[str, _Branch] = field(default_factory=dict)
    name: str = ""


class Vocabulary:
    """Names as a tree of their parts; full-width signs in a name are found by the ASCII sign too."""

    def __init__(self, names: Iterable[str]) -> None:
        self._root = _Branch()
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        branch = self._root
        for part in _PARTS.findall(name.translate(FOLDING)):
            branch = branch.following.setdefault(part, _Branch())
        branch.name = canonical(name)

    def longest(self, text: str, start: int) -> tuple[int, str]:
        """Where the longest known name at `start` of the folded text ends, and that name; or (start, "")."""
        branch, end, found = self._root, start, (start, "")
        while True:
            part = _PARTS.search(text, end)
            following = branch.following.get(part[0]) if part else None
            if part is None or following is None or (end == start and part.start() != start):
                return found
            branch, end = following, part.end()
            if branch.name:
                found = (end, branch.name)


def canonical(name: str) -> str:
    """A name with one blank between words and none around signs inside, as declared names are compared."""
    return " ".join(name.split())


@lru_cache(maxsize=512)
def vocabulary_of(scope: Scope, functions: Collection[str]) -> Vocabulary:
    """All names that `scope` lets an expression say, and those of the language."""
    names = {*functions, *SPACED_PROPERTIES, *SIMPLE_TYPES, *scope.types}
    for name, kind in scope.names.items():
        names.add(name)
        names.update(_names_within(kind))
    return Vocabulary(names)


def _names_within(kind: FeelType) -> Iterator[str]:
    waiting, seen = [kind], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, ListType | RangeType):
            waiting.append(current.item)
        elif isinstance(current, ContextType):
            yield from current.fields
            waiting.extend(current.fields.values())
