"""Patterns of auto-numbers: `SJ{yyyy}{MM}-{seq:5}` makes `SJ202601-00042`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

MAX_PATTERN: Final = 60
MAX_SEQUENCE_DIGITS: Final = 12
_PART: Final = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_DATES: Final = {"yyyy": "%Y", "yy": "%y", "MM": "%m", "dd": "%d"}
_SEQUENCE: Final = re.compile(r"seq(?::([0-9]{1,2}))?", re.ASCII)


class Reset(StrEnum):
    """When the sequence starts again at 1, by the day in the workspace's zone."""

    NONE = "none"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


_NEEDED: Final = {
    Reset.NONE: (),
    Reset.YEAR: (("yyyy", "yy"),),
    Reset.MONTH: (("yyyy", "yy"), ("MM",)),
    Reset.DAY: (("yyyy", "yy"), ("MM",), ("dd",)),
}
_PERIOD: Final = {Reset.NONE: "", Reset.YEAR: "%Y", Reset.MONTH: "%Y-%m", Reset.DAY: "%Y-%m-%d"}


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """parts   literals, names of date parts in braces, and `{seq}` with its least number of digits"""

    parts: tuple[str, ...]
    digits: int
    reset: Reset

    @classmethod
    def read(cls, text: str, reset: str = "none") -> NumberPattern | None:
        """The pattern, or None if it has an unknown part or not exactly one sequence."""
        parts, digits = [], []
        for name, literal, brace in _PART.findall(text):
            sequence = _SEQUENCE.fullmatch(name)
            if brace or (not literal and not sequence and name not in _DATES):
                return None
            if sequence:
                digits.append(int(sequence[1] or 1))
            parts.append(literal or ("{seq}" if sequence else f"{{{name}}}"))
        if len(digits) != 1 or not 1 <= digits[0] <= MAX_SEQUENCE_DIGITS or len(text) > MAX_PATTERN:
            return None
        return cls(tuple(parts), digits[0], Reset(reset))

    @property
    def is_unambiguous(self) -> bool:
        """Whether two numbers of different periods always differ."""
        names = {part[1:-1] for part in self.parts}
        return all(names.intersection(choices) for choices in _NEEDED[self.reset])

    def period(self, day: date) -> str:
        """The name of the counter that a number of this day takes from."""
        return f"{day:{_PERIOD[self.reset]}}" if self.reset is not Reset.NONE else ""

    def render(self, day: date, sequence: int) -> str:
        """The number; a sequence longer than its digits is written whole."""
        return "".join(self._part(part, day, sequence) for part in self.parts)

    def _part(self, part: str, day: date, sequence: int) -> str:
        if part == "{seq}":
            return f"{sequence:0{self.digits}d}"
        form = _DATES.get(part[1:-1]) if part.startswith("{") else None
        return f"{day:{form}}" if form else part
