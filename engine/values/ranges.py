"""A FEEL range: two ends, each included or not; a missing end is unbounded or unknown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """low, high   FEEL values of one ordered kind, or None
    operator       "" for `[a..b]`; `<`, `<=`, `>`, `>=`, `=` or `!=` for a range written as `(< a)`
    """

    low: object
    high: object
    low_included: bool = True
    high_included: bool = True
    operator: str = ""
