"""What an expression may cost. A limit reached is a problem and null, never an exception or a hang."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """source       code points of the text
    nesting      brackets inside brackets, and levels of the tree
    steps        loop turns, items tested and calls of one evaluation
    list_length  items of one list, digits of a loop's range included
    text_length  code points of one string
    call_depth   functions calling functions
    problems     run-time problems kept; further ones are dropped
    trace        sub-expressions that `explain` records
    turns        turns of one loop or filter that it shows
    """

    source: int = 8_000
    nesting: int = 100
    steps: int = 100_000
    list_length: int = 10_000
    text_length: int = 100_000
    call_depth: int = 64
    problems: int = 50
    trace: int = 2_000
    turns: int = 50


DEFAULT_LIMITS: Final = Limits()
