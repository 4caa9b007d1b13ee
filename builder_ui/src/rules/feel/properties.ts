/** What `value.name` gives for dates, times, durations and ranges; the twin of `engine/rules/feel/properties.py`. */
import { DAY, makeNanos, offsetOf, SECOND, weekday } from "./calendar";
import {
  Decimal,
  FeelDate,
  FeelDateTime,
  FeelRange,
  FeelTime,
  Months,
  Nanos,
  type FeelValue,
} from "./values";

const number = (value: number | bigint) => new Decimal(value.toString());

/** `undefined` when the value has no such property. */
export function propertyOf(value: FeelValue, name: string): FeelValue | undefined {
  if (value instanceof FeelDate) return ofDate(value, name);
  if (value instanceof FeelTime) return ofTime(value, name, value.zone === null ? value.offset : null);
  if (value instanceof FeelDateTime) {
    return ofDate(value.date, name) ?? ofTime(value.time, name, offsetOf(value));
  }
  if (value instanceof Nanos) return ofNanos(value.nanos, name);
  if (value instanceof Months) return ofMonths(value.months, name);
  return value instanceof FeelRange ? ofRange(value, name) : undefined;
}

function ofDate(date: FeelDate, name: string): FeelValue | undefined {
  if (name === "weekday") return number(weekday(date));
  return name === "year" || name === "month" || name === "day" ? number(date[name]) : undefined;
}

function ofTime(time: FeelTime, name: string, offset: number | null): FeelValue | undefined {
  if (name === "time offset") return offset === null ? null : makeNanos(BigInt(offset) * SECOND);
  if (name === "timezone") return time.zone;
  return name === "hour" || name === "minute" || name === "second" ? number(time[name]) : undefined;
}

function ofNanos(nanos: bigint, name: string): FeelValue | undefined {
  const length = nanos < 0n ? -nanos : nanos;
  const part = (value: bigint) => number(nanos < 0n ? -value : value);
  if (name === "days") return part(length / DAY);
  if (name === "hours") return part((length / (3600n * SECOND)) % 24n);
  if (name === "minutes") return part((length / (60n * SECOND)) % 60n);
  return name === "seconds" ? part((length / SECOND) % 60n) : undefined;
}

function ofMonths(months: number, name: string): FeelValue | undefined {
  if (name === "years") return number(Math.trunc(months / 12));
  return name === "months" ? number(months % 12) : undefined;
}

function ofRange(range: FeelRange, name: string): FeelValue | undefined {
  if (name === "start") return range.low;
  if (name === "end") return range.high;
  if (name === "start included") return range.lowIncluded;
  return name === "end included" ? range.highIncluded : undefined;
}
