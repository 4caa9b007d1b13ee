/** The operators for every pair of kinds that has them; the twin of `engine/rules/feel/arithmetic.py`. */
import type { Decimal as Base } from "decimal.js";
import {
  DAY,
  instant,
  isLocal,
  makeMonths,
  makeNanos,
  ordinal,
  plusDays,
  plusMonths,
  shift,
  timeFromNanos,
  timeNanos,
  utcNanos,
} from "./calendar";
import {
  Decimal,
  Fault,
  FeelDate,
  FeelDateTime,
  FeelTime,
  isNumber,
  Months,
  Nanos,
  type FeelValue,
} from "./values";

export type Operator = "+" | "-" | "*" | "/" | "**";

/** The result; throws a fault when the kinds have none or it is out of range. */
export function calculate(operator: Operator, left: FeelValue, right: FeelValue): FeelValue {
  if (left === null || right === null) throw new Fault("feel.value.null-operand");
  const result =
    isNumber(left) && isNumber(right) ? numbers(operator, left, right) : OTHERS[operator](left, right);
  if (result === undefined) throw new Fault("feel.value.operands");
  return result;
}

function numbers(operator: Operator, left: Base, right: Base): FeelValue {
  if (operator === "/" && right.isZero()) throw new Fault("feel.value.division-by-zero");
  return finite(NUMBERS[operator](left, right));
}

const NUMBERS: Record<Operator, (a: Base, b: Base) => Base> = {
  "+": (a, b) => Decimal.add(a, b),
  "-": (a, b) => Decimal.sub(a, b),
  "*": (a, b) => Decimal.mul(a, b),
  "/": (a, b) => Decimal.div(a, b),
  "**": (a, b) => Decimal.pow(a, b),
};

export function finite(value: Base): Base {
  if (!value.isFinite()) throw new Fault("feel.value.range");
  return value;
}

const floorDays = (nanos: bigint) => Number(nanos % DAY < 0n ? nanos / DAY - 1n : nanos / DAY);
const whole = (value: Base) => BigInt(finite(value).trunc().toFixed());
const big = (value: bigint) => new Decimal(value.toString());

function plus(left: FeelValue, right: FeelValue): FeelValue | undefined {
  if (typeof left === "string" && typeof right === "string") return left + right;
  if (left instanceof Nanos && right instanceof Nanos) return makeNanos(left.nanos + right.nanos);
  if (left instanceof Months && right instanceof Months) return makeMonths(left.months + right.months);
  return later(left, right, 1n) ?? later(right, left, 1n);
}

/** A point in time and a duration, forwards (1) or backwards (-1). */
function later(point: FeelValue, length: FeelValue, direction: 1n | -1n): FeelValue | undefined {
  if (length instanceof Nanos) {
    const nanos = length.nanos * direction;
    if (point instanceof FeelDate) return plusDays(point, floorDays(nanos));
    if (point instanceof FeelDateTime) return shift(point, nanos);
    if (point instanceof FeelTime) return timeFromNanos(timeNanos(point) + nanos, point.offset, point.zone);
  }
  if (length instanceof Months) {
    const months = length.months * Number(direction);
    if (point instanceof FeelDate) return plusMonths(point, months);
    if (point instanceof FeelDateTime) return new FeelDateTime(plusMonths(point.date, months), point.time);
  }
  return undefined;
}

function minus(left: FeelValue, right: FeelValue): FeelValue | undefined {
  if (left instanceof FeelDate && right instanceof FeelDate) {
    return makeNanos(BigInt(ordinal(left) - ordinal(right)) * DAY);
  }
  if (left instanceof FeelTime && right instanceof FeelTime) {
    if (isLocal(left) !== isLocal(right)) throw new Fault("feel.value.mixed-zones");
    return makeNanos(utcNanos(left) - utcNanos(right));
  }
  const [from, to] = [moment(left), moment(right)];
  if (from && to) {
    if (isLocal(from.time) !== isLocal(to.time)) throw new Fault("feel.value.mixed-zones");
    return makeNanos(instant(from) - instant(to));
  }
  if (left instanceof Nanos && right instanceof Nanos) return makeNanos(left.nanos - right.nanos);
  if (left instanceof Months && right instanceof Months) return makeMonths(left.months - right.months);
  return later(left, right, -1n);
}

/** A date among moments is midnight UTC. */
function moment(value: FeelValue): FeelDateTime | null {
  if (value instanceof FeelDate) return new FeelDateTime(value, new FeelTime(0, 0, 0, 0, 0));
  return value instanceof FeelDateTime ? value : null;
}

function times(left: FeelValue, right: FeelValue): FeelValue | undefined {
  if (isNumber(left)) return isNumber(right) ? undefined : times(right, left);
  if (!isNumber(right)) return undefined;
  if (left instanceof Nanos) return makeNanos(whole(Decimal.mul(big(left.nanos), right)));
  if (left instanceof Months) return makeMonths(Number(whole(Decimal.mul(left.months, right))));
  return undefined;
}

function by(left: FeelValue, right: FeelValue): FeelValue | undefined {
  if (left instanceof Nanos && right instanceof Nanos) return numbers("/", big(left.nanos), big(right.nanos));
  if (left instanceof Months && right instanceof Months) {
    return numbers("/", new Decimal(left.months), new Decimal(right.months));
  }
  if (!isNumber(right)) return undefined;
  if (left instanceof Nanos) return makeNanos(whole(numbers("/", big(left.nanos), right) as Base));
  if (left instanceof Months) {
    return makeMonths(Number(whole(numbers("/", new Decimal(left.months), right) as Base)));
  }
  return undefined;
}

const OTHERS: Record<Operator, (left: FeelValue, right: FeelValue) => FeelValue | undefined> = {
  "+": plus,
  "-": minus,
  "*": times,
  "/": by,
  "**": () => undefined,
};

export function negate(value: FeelValue): FeelValue {
  if (value === null) throw new Fault("feel.value.null-operand");
  if (isNumber(value)) return value.isZero() ? value : value.negated();
  if (value instanceof Nanos) return makeNanos(-value.nanos);
  if (value instanceof Months) return makeMonths(-value.months);
  throw new Fault("feel.value.operand");
}
