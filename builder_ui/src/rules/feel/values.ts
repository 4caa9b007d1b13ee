/** The values of expressions: exact decimals, dates and durations; the twin of `engine/values`. */
import { Decimal as Base } from "decimal.js";

/** Decimal128: 34 digits, half-even. */
export const Decimal = Base.clone({
  precision: 34,
  rounding: Base.ROUND_HALF_EVEN,
  minE: -6176,
  maxE: 6144,
  toExpNeg: -7000,
  toExpPos: 7000,
  modulo: Base.ROUND_FLOOR,
});
export type Decimal = Base;

export class FeelDate {
  constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {}
}

/** `offset` in seconds ahead of UTC; neither offset nor zone = local. */
export class FeelTime {
  constructor(
    readonly hour: number,
    readonly minute: number,
    readonly second: number,
    readonly nano = 0,
    readonly offset: number | null = null,
    readonly zone: string | null = null,
  ) {}
}

export class FeelDateTime {
  constructor(
    readonly date: FeelDate,
    readonly time: FeelTime,
  ) {}
}

export class Months {
  constructor(readonly months: number) {}
}

/** An exact length of time in nanoseconds. */
export class Nanos {
  constructor(readonly nanos: bigint) {}
}

/** `operator` as in `(< 5)`; empty for `[low..high]`. */
export class FeelRange {
  constructor(
    readonly low: FeelValue,
    readonly high: FeelValue,
    readonly lowIncluded: boolean,
    readonly highIncluded: boolean,
    readonly operator: string,
  ) {}
}

/** A record, user or department: a context that equals another when their ids are equal. */
export class Reference extends Map<string, FeelValue> {}

export type FeelContext = ReadonlyMap<string, FeelValue>;
export type FeelValue =
  | null
  | boolean
  | string
  | Base
  | FeelDate
  | FeelTime
  | FeelDateTime
  | Months
  | Nanos
  | FeelRange
  | readonly FeelValue[]
  | FeelContext;

export type Kind =
  | "Null"
  | "boolean"
  | "string"
  | "number"
  | "date"
  | "time"
  | "date and time"
  | "days and time duration"
  | "years and months duration"
  | "range"
  | "list"
  | "context";

export function kindOf(value: FeelValue): Kind {
  if (value === null) return "Null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return "string";
  if (value instanceof Base) return "number";
  if (value instanceof FeelDate) return "date";
  if (value instanceof FeelTime) return "time";
  if (value instanceof FeelDateTime) return "date and time";
  if (value instanceof Nanos) return "days and time duration";
  if (value instanceof Months) return "years and months duration";
  if (value instanceof FeelRange) return "range";
  return Array.isArray(value) ? "list" : "context";
}

export const isNumber = (value: FeelValue): value is Base => value instanceof Base;
export const isList = (value: FeelValue): value is readonly FeelValue[] => Array.isArray(value);
export const isContext = (value: FeelValue): value is FeelContext => value instanceof Map;

/** Inside the runtime only: the surrounding operation becomes null, with this code. */
export class Fault extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Inside the runtime only: a limit ends the whole evaluation. */
export class BudgetFault extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}
