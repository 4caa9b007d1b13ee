"""Numeric functions (DMN 1.5, 10.3.4.5)."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from typing import Final

from engine.rules.feel.functions.signature import BuiltIn, Overload, p, same_as
from engine.rules.feel.kinds import shown
from engine.rules.feel.machine import Fault
from engine.rules.feel.types import BOOLEAN, DAYS_DURATION, NUMBER, YEARS_DURATION
from engine.values import CONTEXT, DayTimeDuration, Number, YearMonthDuration

MIN_SCALE: Final = -6111
MAX_SCALE: Final = 6176
_WIDE: Final = Context(prec=6300, Emin=-13000, Emax=13000)


def rounded(value: Number, scale: Number, rounding: str) -> Number:
    """`value` at `scale` decimals; raises Fault outside the scales of decimal128."""
    if not MIN_SCALE <= scale <= MAX_SCALE:
        raise Fault("feel.function.scale", scale=shown(scale))
    digits = int(scale)
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -digits:
        return value
    unit = Decimal(1).scaleb(-digits, _WIDE)
    return CONTEXT.plus(number.quantize(unit, rounding=rounding, context=_WIDE))


def _rounding(mode: str, *, scale_optional: bool = False) -> tuple[Overload, ...]:
    def body(value: Number, scale: Number = 0) -> Number:
        return rounded(value, scale, mode)

    return (Overload((p("n", NUMBER), p("scale", NUMBER, optional=scale_optional)), NUMBER, body),)


def absolute(value: object) -> object:
    if isinstance(value, DayTimeDuration):
        return DayTimeDuration(abs(value.nanos))
    if isinstance(value, YearMonthDuration):
        return YearMonthDuration(abs(value.months))
    return abs(value) if isinstance(value, int) else CONTEXT.abs(value)  # type: ignore[arg-type]  # a number


def modulo(dividend: Number, divisor: Number) -> Number:
    """The sign of the divisor: `modulo(-10, 3)` is 2."""
    if divisor == 0:
        raise Fault("feel.value.division-by-zero", left=shown(dividend))
    if isinstance(dividend, int) and isinstance(divisor, int):
        return dividend % divisor
    quotient = CONTEXT.divide(dividend, divisor).to_integral_value(ROUND_FLOOR)
    return CONTEXT.subtract(dividend, CONTEXT.multiply(divisor, quotient))


def root(value: Number) -> Number:
    if value < 0:
        raise Fault("feel.function.value", parameter="number", value=shown(value))
    return CONTEXT.sqrt(Decimal(value))


def logarithm(value: Number) -> Number:
    if value <= 0:
        raise Fault("feel.function.value", parameter="number", value=shown(value))
    return CONTEXT.ln(Decimal(value))


def _parity(remainder: int) -> tuple[Overload, ...]:
    def body(value: Number) -> bool:
        return value % 2 in (remainder, -remainder)

    return (Overload((p("number", NUMBER),), BOOLEAN, body),)


NUMBER_FUNCTIONS: Final = (
    BuiltIn("decimal", _rounding(ROUND_HALF_EVEN)),
    BuiltIn("floor", _rounding(ROUND_FLOOR, scale_optional=True)),
    BuiltIn("ceiling", _rounding(ROUND_CEILING, scale_optional=True)),
    BuiltIn("round up", _rounding(ROUND_UP)),
    BuiltIn("round down", _rounding(ROUND_DOWN)),
    BuiltIn("round half up", _rounding(ROUND_HALF_UP)),
    BuiltIn("round half down", _rounding(ROUND_HALF_DOWN)),
    BuiltIn("abs", (Overload((p("n", NUMBER, DAYS_DURATION, YEARS_DURATION),), same_as(0), absolute),)),
    BuiltIn("modulo", (Overload((p("dividend", NUMBER), p("divisor", NUMBER)), NUMBER, modulo),)),
    BuiltIn("sqrt", (Overload((p("number", NUMBER),), NUMBER, root),)),
    BuiltIn("log", (Overload((p("number", NUMBER),), NUMBER, logarithm),)),
    BuiltIn("exp", (Overload((p("number", NUMBER),), NUMBER, lambda n: CONTEXT.exp(Decimal(n))),)),
    BuiltIn("odd", _parity(1)),
    BuiltIn("even", _parity(0)),
)
