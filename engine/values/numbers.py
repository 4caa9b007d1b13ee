"""Exact decimal numbers: 34 significant digits, half-even, as IEEE 754 decimal128.

A number is an `int` of at most 34 digits or a finite `Decimal`; which of the two has no meaning.
"""

from __future__ import annotations

import re
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Final

Number = int | Decimal
PRECISION: Final = 34
CONTEXT: Final = Context(
    prec=PRECISION,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
INT_BOUND: Final = 10**PRECISION
_SCALING: Final = Context(prec=2 * PRECISION, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?", re.ASCII)
MAX_NUMBER_TEXT: Final = 200


def number_from_text(text: str) -> Number | None:
    """The number that `text` spells, rounded to 34 digits; None if it is none or outside decimal128."""
    if len(text) > MAX_NUMBER_TEXT or not _NUMBER.fullmatch(text):
        return None
    if text.isdecimal() and len(text) <= PRECISION:
        return int(text)
    try:
        return CONTEXT.create_decimal(text)
    except (InvalidOperation, Overflow):
        return None


def tidy(value: int) -> Number:
    """An integer result within 34 digits: itself, or rounded to a Decimal."""
    if -INT_BOUND < value < INT_BOUND:
        return value
    return CONTEXT.plus(Decimal(value))


def number_text(value: Number) -> str:
    """Plain digits without an exponent and without trailing zeros: `string(1.0)` is "1"."""
    if isinstance(value, int):
        return str(value)
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def round_half_even(value: Number, scale: int) -> Decimal:
    """`value` with exactly `scale` decimals, rounded half-even; how results are fitted to a field."""
    number = Decimal(value)
    if number.adjusted() + scale >= 2 * PRECISION:
        return number
    return number.quantize(Decimal(1).scaleb(-scale, _SCALING), context=_SCALING)
