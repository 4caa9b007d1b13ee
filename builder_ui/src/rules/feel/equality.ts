/** Equality, order and membership; the twin of `engine/rules/feel/equality.py`. Null is FEEL's null. */
import { instant, isLocal, SECOND, utcNanos } from "./calendar";
import type { Order } from "./ir";
import {
  FeelDate,
  FeelDateTime,
  FeelRange,
  FeelTime,
  isContext,
  isList,
  isNumber,
  kindOf,
  Months,
  Nanos,
  Reference,
  type FeelContext,
  type FeelValue,
} from "./values";

export function equal(left: FeelValue, right: FeelValue): boolean | null {
  if (left === null || right === null) return left === right;
  if (kindOf(left) !== kindOf(right)) return null;
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, index) => same(item, right[index]!));
  }
  if (isContext(left) && isContext(right)) return equalContexts(left, right);
  if (left instanceof FeelRange && right instanceof FeelRange) return equalRanges(left, right);
  return equalTimes(left, right) ?? compare(left, right) === 0;
}

/** By entries; where one is a reference, by their ids alone. */
function equalContexts(left: FeelContext, right: FeelContext): boolean {
  if (left instanceof Reference || right instanceof Reference) {
    const [a, b] = [left.get("id"), right.get("id")];
    return a !== undefined && b !== undefined && same(a, b);
  }
  const entries = [...left.entries()];
  return (
    left.size === right.size && entries.every(([key, item]) => right.has(key) && same(item, right.get(key)!))
  );
}

function equalTimes(left: FeelValue, right: FeelValue): boolean | null {
  const second = (nanos: bigint) => (nanos - (((nanos % SECOND) + SECOND) % SECOND)) / SECOND;
  if (left instanceof FeelDateTime && right instanceof FeelDateTime) {
    return isLocal(left.time) === isLocal(right.time) && second(instant(left)) === second(instant(right));
  }
  if (left instanceof FeelTime && right instanceof FeelTime) {
    return isLocal(left) === isLocal(right) && second(utcNanos(left)) === second(utcNanos(right));
  }
  return typeof left === "boolean" ? left === right : null;
}

function equalRanges(left: FeelRange, right: FeelRange): boolean {
  const point = (range: FeelRange) => range.operator === "=" || range.operator === "!=";
  return (
    left.lowIncluded === right.lowIncluded &&
    left.highIncluded === right.highIncluded &&
    point(left) === point(right) &&
    Boolean(left.operator) === Boolean(right.operator) &&
    equal(left.low, right.low) === true &&
    equal(left.high, right.high) === true
  );
}

export const same = (left: FeelValue, right: FeelValue) => equal(left, right) === true;

const sign = <T extends number | bigint>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

/** -1, 0 or 1; null for values without an order. */
export function compare(left: FeelValue, right: FeelValue): number | null {
  if (isNumber(left) && isNumber(right)) return left.comparedTo(right);
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  if (left instanceof FeelDate && right instanceof FeelDate) {
    return sign(left.year, right.year) || sign(left.month, right.month) || sign(left.day, right.day);
  }
  if (left instanceof Nanos && right instanceof Nanos) return sign(left.nanos, right.nanos);
  if (left instanceof Months && right instanceof Months) return sign(left.months, right.months);
  return compareMoments(left, right);
}

function compareMoments(left: FeelValue, right: FeelValue): number | null {
  if (left instanceof FeelDateTime && right instanceof FeelDateTime) {
    return isLocal(left.time) === isLocal(right.time) ? sign(instant(left), instant(right)) : null;
  }
  if (left instanceof FeelTime && right instanceof FeelTime) {
    return isLocal(left) === isLocal(right) ? sign(utcNanos(left), utcNanos(right)) : null;
  }
  return null;
}

/** By code points, as the server and the database do. */
export function compareText(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = sign(a[i]!.codePointAt(0)!, b[i]!.codePointAt(0)!);
    if (order) return order;
  }
  return sign(a.length, b.length);
}

export function inOrder(operator: Order, left: FeelValue, right: FeelValue): boolean | null {
  if (operator === "=") return equal(left, right);
  if (operator === "!=") {
    const verdict = equal(left, right);
    return verdict === null ? null : !verdict;
  }
  const order = compare(left, right);
  if (order === null) return null;
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

export function inRange(value: FeelValue, range: FeelRange): boolean | null {
  if (range.operator === "!=" || range.operator === "=") return inOrder(range.operator, value, range.low);
  if (value === null || (!range.operator && (range.low === null || range.high === null))) return null;
  const above = beyond(value, range.low, range.lowIncluded, 1);
  const below = beyond(value, range.high, range.highIncluded, -1);
  return above === null || below === null ? null : above && below;
}

function beyond(value: FeelValue, end: FeelValue, included: boolean, direction: number): boolean | null {
  if (end === null) return true;
  const order = compare(value, end);
  return order === null ? null : order === direction || (included && order === 0);
}

/** `value in test`: a range, a list of values and ranges, or a value. */
export function contains(value: FeelValue, test: FeelValue): boolean | null {
  if (test instanceof FeelRange) return inRange(value, test);
  if (!isList(test)) return equal(value, test);
  if (isList(value) && equal(value, test) === true) return true;
  const results = test.map((item) => (item instanceof FeelRange ? inRange(value, item) : same(value, item)));
  if (results.includes(true)) return true;
  return results.includes(null) ? null : false;
}
