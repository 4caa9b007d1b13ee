import type { Decimal as Base } from "decimal.js";
import { makeDate, makeMonths, ordinal, plusDays, timeNanos, weekday } from "../calendar";
import { readDate, readDateTime, readDuration } from "../calendarText";
import { compare } from "../equality";
import { checkText, type Machine } from "../machine";
import { textOf } from "../text";
import {
  Decimal,
  Fault,
  FeelDate,
  FeelDateTime,
  FeelTime,
  kindOf,
  type FeelContext,
  type FeelValue,
} from "../values";
import { overload, type Overload } from "./signature";

type Day = FeelDate | FeelDateTime;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const MAX_NUMBER_TEXT = 200;
const NUMBER_TEXT = /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?$/;

function readable<T extends FeelValue>(value: T | null): T {
  if (value === null) throw new Fault("feel.value.text");
  return value;
}

const dayOf = (value: Day) => (value instanceof FeelDate ? value : value.date);
const midnight = (value: FeelDate) => new FeelDateTime(value, new FeelTime(0, 0, 0, 0, 0));

function ofParts(...parts: Base[]): FeelDate {
  if (!parts.every((part) => part.isInteger())) throw new Fault("feel.function.value");
  const [year, month, day] = parts.map((part) => part.toNumber()) as [number, number, number];
  try {
    return makeDate(year, month, day);
  } catch (fault) {
    throw fault instanceof Fault ? new Fault("feel.function.range") : fault;
  }
}

function dayOfYear(value: Day): number {
  const day = dayOf(value);
  return ordinal(day) - ordinal(new FeelDate(day.year, 1, 1)) + 1;
}

/** ISO 8601: the week belongs to the year of its Thursday. */
function weekOfYear(value: Day): number {
  const day = dayOf(value);
  const thursday = plusDays(day, 4 - weekday(day));
  return Math.floor((ordinal(thursday) - ordinal(new FeelDate(thursday.year, 1, 1))) / 7) + 1;
}

function monthsBetween(from: Day, to: Day): FeelValue {
  const [first, last] = [clock(from), clock(to)];
  const backwards =
    (compare(last.day, first.day) || Number(last.nanos > first.nanos) || -1) < 0 && !equalClocks(first, last);
  return backwards ? makeMonths(-wholeMonths(last, first)) : makeMonths(wholeMonths(first, last));
}

interface Clock {
  readonly day: FeelDate;
  readonly nanos: bigint;
}

const clock = (value: Day): Clock => ({
  day: dayOf(value),
  nanos: value instanceof FeelDate ? 0n : timeNanos(value.time),
});
const equalClocks = (a: Clock, b: Clock) => compare(a.day, b.day) === 0 && a.nanos === b.nanos;

function wholeMonths(first: Clock, last: Clock): number {
  const months = (last.day.year - first.day.year) * 12 + last.day.month - first.day.month;
  const short = last.day.day < first.day.day || (last.day.day === first.day.day && last.nanos < first.nanos);
  return months - (short ? 1 : 0);
}

function numberOf(text: string, grouping?: string | null, point?: string | null): FeelValue {
  const known = (sign: string | null | undefined, signs: string) =>
    sign == null || (sign.length === 1 && signs.includes(sign));
  if (!known(grouping, " ,.") || !known(point, ".,") || (grouping != null && grouping === point)) {
    throw new Fault("feel.function.value");
  }
  let plain = grouping ? text.replaceAll(grouping, "") : text;
  if (point && point !== ".") plain = plain.replaceAll(".", "?").replaceAll(point, ".");
  if (plain.length > MAX_NUMBER_TEXT || !NUMBER_TEXT.test(plain)) throw new Fault("feel.value.text");
  const value = new Decimal(plain).toSignificantDigits(34);
  return value.isFinite() ? value : readable(null);
}

function textFrom(value: FeelValue): FeelValue {
  if (value === null) return null;
  const text = textOf(value);
  checkText(text.length);
  return text;
}

function getValue(context: FeelContext, key: string): FeelValue {
  const value = context.get(key);
  if (value === undefined) throw new Fault("feel.name.no-entry");
  return value;
}

function getValueAt(context: FeelContext, keys: readonly FeelValue[]): FeelValue {
  let value: FeelValue = context;
  for (const key of keys) {
    if (!(value instanceof Map) || typeof key !== "string") throw new Fault("feel.function.item");
    value = getValue(value, key);
  }
  return value;
}

/** The same kind and the same value, zones and units included. */
function identical(left: FeelValue, right: FeelValue): boolean {
  return kindOf(left) === kindOf(right) && textOf(left) === textOf(right);
}

const DAY = "date|date and time";
const part = (body: (value: Day) => FeelValue) => [overload(DAY, body)];

export const CONVERSION: Readonly<Record<string, readonly Overload[]>> = {
  date: [
    overload("string", (text: string) => readable(readDate(text))),
    overload(DAY, dayOf),
    overload("number,number,number", ofParts),
  ],
  "date and time": [
    overload("string", (text: string) => readable(readDateTime(text))),
    overload("date and time|date", (value: Day) => (value instanceof FeelDate ? midnight(value) : value)),
    overload(`${DAY},time`, (day: Day, time: FeelTime) => new FeelDateTime(dayOf(day), time)),
  ],
  duration: [
    overload("string", (text: string) => readable(readDuration(text))),
    overload("days and time duration|years and months duration", (value) => value),
  ],
  "years and months duration": [overload(`${DAY},${DAY}`, monthsBetween)],
  number: [overload("string,string?,string?", numberOf), overload("number", (value: Base) => value)],
  string: [overload("*", textFrom)],
  not: [overload("boolean!", (value: boolean | null) => (value === null ? null : !value))],
  is: [overload("*,*", identical)],
  "get value": [overload("context,string", getValue), overload("context,list", getValueAt)],
  now: [overload("", (machine: Machine) => machine.now, true)],
  today: [overload("", (machine: Machine) => machine.now.date, true)],
  "day of year": part((value) => new Decimal(dayOfYear(value))),
  "day of week": part((value) => WEEKDAYS[weekday(dayOf(value)) - 1]!),
  "month of year": part((value) => MONTHS[dayOf(value).month - 1]!),
  "week of year": part((value) => new Decimal(weekOfYear(value))),
};
