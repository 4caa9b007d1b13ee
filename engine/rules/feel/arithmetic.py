"""Plus, minus, times, divided by and power for every pair of kinds that has them (DMN 1.5, tables 45-49)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, Decimal, InvalidOperation, Overflow
from types import MappingProxyType
from typing import Any, Final

from engine.problems import Severity
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import Fault
from engine.rules.feel.nodes import Arithmetic
from engine.values import CONTEXT, Date, DateTime, DayTimeDuration, Number, Time, YearMonthDuration, tidy
from engine.values.temporal import DAY_NANOS

Operation = Callable[[Any, Any], object]
NUMBER, STRING, DATE, TIME = "number", "string", "date", "time"
MOMENT, DAYS, MONTHS = "date and time", "days and time duration", "years and months duration"
MAX_POWER_BITS: Final = 112


def calculate(operator: Arithmetic, left: object, right: object) -> object:
    """The result; raises Fault when the kinds have none or it is out of range."""
    operation = OPERATIONS[operator].get((kind_of(left), kind_of(right)))
    if operation is None:
        raise _refusal(operator, left, right)
    try:
        return operation(left, right)
    except (Overflow, InvalidOperation, OverflowError, ValueError):
        raise Fault(
            "feel.value.range", operator=str(operator), left=shown(left), right=shown(right)
        ) from None


def _refusal(operator: Arithmetic, left: object, right: object) -> Fault:
    if left is None or right is None:
        return Fault("feel.value.null-operand", severity=Severity.WARNING, operator=str(operator))
    return Fault(
        "feel.value.operands",
        operator=str(operator),
        left=shown(left),
        left_kind=kind_of(left),
        right=shown(right),
        right_kind=kind_of(right),
    )


def _add(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int):
        return tidy(left + right)
    return CONTEXT.add(left, right)


def _subtract(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int):
        return tidy(left - right)
    return CONTEXT.subtract(left, right)


def _multiply(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int):
        return tidy(left * right)
    return CONTEXT.multiply(left, right)


def _divide(left: Number, right: Number) -> Number:
    if right == 0:
        raise Fault("feel.value.division-by-zero", left=shown(left))
    return CONTEXT.divide(left, right)


def _power(left: Number, right: Number) -> Number:
    """Whole powers that fit 34 digits stay exact; the rest is computed by the decimal context."""
    whole = isinstance(left, int) and isinstance(right, int) and 0 <= right <= MAX_POWER_BITS
    if whole and int(left).bit_length() * int(right) <= 4 * MAX_POWER_BITS:
        return tidy(int(left) ** int(right))
    return CONTEXT.power(Decimal(left), Decimal(right))


def _date_plus_days(left: Date, right: DayTimeDuration) -> Date:
    return left.plus_days(right.nanos // DAY_NANOS)


def _date_minus_days(left: Date, right: DayTimeDuration) -> Date:
    return left.plus_days(-right.nanos // DAY_NANOS)


def shift(moment: DateTime, nanos: int) -> DateTime:
    """So much later on the time line; in a named zone the wall clock follows its summer time."""
    zone = moment.time.zone
    if zone is not None:
        return DateTime.from_instant(moment.instant + nanos, zone)
    return DateTime.from_local_nanos(moment.local_nanos + nanos, moment.time.offset)


def _moment_plus_months(left: DateTime, right: YearMonthDuration) -> DateTime:
    return DateTime(left.date.plus_months(right.months), left.time)


def _time_plus_days(left: Time, right: DayTimeDuration) -> Time:
    return Time.from_nanos(left.nanos + right.nanos, left.offset, left.zone)


def _time_minus_time(left: Time, right: Time) -> DayTimeDuration:
    if left.is_local != right.is_local:
        raise Fault("feel.value.mixed-zones", left=shown(left), right=shown(right))
    return DayTimeDuration(left.utc_nanos - right.utc_nanos)


def _moment_minus_moment(left: DateTime, right: DateTime) -> DayTimeDuration:
    if left.is_local != right.is_local:
        raise Fault("feel.value.mixed-zones", left=shown(left), right=shown(right))
    return DayTimeDuration(left.instant - right.instant)


def _midnight(day: Date) -> DateTime:
    """A date among moments is midnight UTC (DMN 1.5, table 45)."""
    return DateTime(day, Time(0, 0, 0, 0, 0))


def _whole(value: Number) -> int:
    return int(Decimal(value).to_integral_value(ROUND_DOWN))


def _scaled(amount: int, factor: Number) -> int:
    return _whole(CONTEXT.multiply(amount, factor))


def _shrunk(amount: int, divisor: Number) -> int:
    return _whole(Decimal(_divide(amount, divisor)))


_PLUS: Final[dict[tuple[str, str], Operation]] = {
    (NUMBER, NUMBER): _add,
    (STRING, STRING): lambda a, b: a + b,
    (DATE, DAYS): _date_plus_days,
    (DAYS, DATE): lambda a, b: _date_plus_days(b, a),
    (DATE, MONTHS): lambda a, b: a.plus_months(b.months),
    (MONTHS, DATE): lambda a, b: b.plus_months(a.months),
    (MOMENT, DAYS): lambda a, b: shift(a, b.nanos),
    (DAYS, MOMENT): lambda a, b: shift(b, a.nanos),
    (MOMENT, MONTHS): _moment_plus_months,
    (MONTHS, MOMENT): lambda a, b: _moment_plus_months(b, a),
    (TIME, DAYS): _time_plus_days,
    (DAYS, TIME): lambda a, b: _time_plus_days(b, a),
    (DAYS, DAYS): lambda a, b: DayTimeDuration(a.nanos + b.nanos),
    (MONTHS, MONTHS): lambda a, b: YearMonthDuration(a.months + b.months),
}
_MINUS: Final[dict[tuple[str, str], Operation]] = {
    (NUMBER, NUMBER): _subtract,
    (DATE, DATE): lambda a, b: DayTimeDuration((a.ordinal - b.ordinal) * DAY_NANOS),
    (MOMENT, MOMENT): _moment_minus_moment,
    (DATE, MOMENT): lambda a, b: _moment_minus_moment(_midnight(a), b),
    (MOMENT, DATE): lambda a, b: _moment_minus_moment(a, _midnight(b)),
    (TIME, TIME): _time_minus_time,
    (DATE, DAYS): _date_minus_days,
    (DATE, MONTHS): lambda a, b: a.plus_months(-b.months),
    (MOMENT, DAYS): lambda a, b: shift(a, -b.nanos),
    (MOMENT, MONTHS): lambda a, b: _moment_plus_months(a, YearMonthDuration(-b.months)),
    (TIME, DAYS): lambda a, b: _time_plus_days(a, DayTimeDuration(-b.nanos)),
    (DAYS, DAYS): lambda a, b: DayTimeDuration(a.nanos - b.nanos),
    (MONTHS, MONTHS): lambda a, b: YearMonthDuration(a.months - b.months),
}
_TIMES: Final[dict[tuple[str, str], Operation]] = {
    (NUMBER, NUMBER): _multiply,
    (DAYS, NUMBER): lambda a, b: DayTimeDuration(_scaled(a.nanos, b)),
    (NUMBER, DAYS): lambda a, b: DayTimeDuration(_scaled(b.nanos, a)),
    (MONTHS, NUMBER): lambda a, b: YearMonthDuration(_scaled(a.months, b)),
    (NUMBER, MONTHS): lambda a, b: YearMonthDuration(_scaled(b.months, a)),
}
_BY: Final[dict[tuple[str, str], Operation]] = {
    (NUMBER, NUMBER): _divide,
    (DAYS, NUMBER): lambda a, b: DayTimeDuration(_shrunk(a.nanos, b)),
    (MONTHS, NUMBER): lambda a, b: YearMonthDuration(_shrunk(a.months, b)),
    (DAYS, DAYS): lambda a, b: _divide(a.nanos, b.nanos),
    (MONTHS, MONTHS): lambda a, b: _divide(a.months, b.months),
}
OPERATIONS: Final[Mapping[Arithmetic, Mapping[tuple[str, str], Operation]]] = MappingProxyType(
    {
        Arithmetic.ADD: _PLUS,
        Arithmetic.SUBTRACT: _MINUS,
        Arithmetic.MULTIPLY: _TIMES,
        Arithmetic.DIVIDE: _BY,
        Arithmetic.POWER: {(NUMBER, NUMBER): _power},
    }
)


def negate(value: object) -> object:
    """`-value`; raises Fault."""
    match value:
        case bool():
            raise Fault("feel.value.operand", operator="-", value=shown(value), kind=kind_of(value))
        case int():
            return -value
        case Decimal():
            return CONTEXT.minus(value)
        case DayTimeDuration():
            return DayTimeDuration(-value.nanos)
        case YearMonthDuration():
            return YearMonthDuration(-value.months)
        case None:
            raise Fault("feel.value.null-operand", severity=Severity.WARNING, operator="-")
    raise Fault("feel.value.operand", operator="-", value=shown(value), kind=kind_of(value))
