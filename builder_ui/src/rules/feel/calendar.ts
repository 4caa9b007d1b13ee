/** Dates, times and durations: the calendar, their text, zones; the twin of `engine/values/temporal.py`. */
import { Fault, FeelDate, FeelDateTime, FeelTime, Months, Nanos } from "./values";

export const SECOND = 1_000_000_000n;
export const DAY = 86_400n * SECOND;
const MAX_YEAR = 999_999_999;
const MAX_MONTHS = 12 * (2 * MAX_YEAR + 1);
const MAX_NANOS = BigInt(MAX_MONTHS) * 31n * DAY;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const floorDiv = (a: number, b: number) => Math.floor(a / b);
const floorDivBig = (a: bigint, b: bigint) => (a % b < 0n ? a / b - 1n : a / b);

function monthLength(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : LENGTHS[month - 1]!;
}

/** Throws a fault for a day that does not exist. */
export function makeDate(year: number, month: number, day: number): FeelDate {
  const exists =
    Math.abs(year) <= MAX_YEAR && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
  if (!exists) throw new Fault("feel.value.range");
  return new FeelDate(year, month, day);
}

/** Days since 1970-01-01. */
export function ordinal(date: FeelDate): number {
  const year = date.month <= 2 ? date.year - 1 : date.year;
  const era = floorDiv(year, 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = floorDiv(153 * (date.month + (date.month > 2 ? -3 : 9)) + 2, 5) + date.day - 1;
  const dayOfEra = yearOfEra * 365 + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function fromOrdinal(days: number): FeelDate {
  const shifted = days + 719_468;
  const era = floorDiv(shifted, 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = floorDiv(dayOfEra, 1460) - floorDiv(dayOfEra, 36_524) + floorDiv(dayOfEra, 146_096);
  const yearOfEra = floorDiv(dayOfEra - leaps, 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100));
  const index = floorDiv(5 * dayOfYear + 2, 153);
  const month = index + (index < 10 ? 3 : -9);
  const day = dayOfYear - floorDiv(153 * index + 2, 5) + 1;
  return makeDate(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

/** 1 is Monday. */
export function weekday(date: FeelDate): number {
  return ((((ordinal(date) + 3) % 7) + 7) % 7) + 1;
}

export const plusDays = (date: FeelDate, days: number) => fromOrdinal(ordinal(date) + days);

export function plusMonths(date: FeelDate, months: number): FeelDate {
  const total = date.year * 12 + date.month - 1 + months;
  const year = floorDiv(total, 12);
  const month = total - year * 12 + 1;
  return makeDate(year, month, Math.min(date.day, monthLength(year, month)));
}

export function makeMonths(months: number): Months {
  if (Math.abs(months) > MAX_MONTHS) throw new Fault("feel.value.range");
  return new Months(months === 0 ? 0 : months);
}

export function makeNanos(nanos: bigint): Nanos {
  if (nanos > MAX_NANOS || nanos < -MAX_NANOS) throw new Fault("feel.value.range");
  return new Nanos(nanos);
}

export function timeNanos(time: FeelTime): bigint {
  return BigInt((time.hour * 60 + time.minute) * 60 + time.second) * SECOND + BigInt(time.nano);
}

export function timeFromNanos(nanos: bigint, offset: number | null, zone: string | null): FeelTime {
  const rest = ((nanos % DAY) + DAY) % DAY;
  const seconds = Number(rest / SECOND);
  return new FeelTime(
    floorDiv(seconds, 3600),
    floorDiv(seconds, 60) % 60,
    seconds % 60,
    Number(rest % SECOND),
    offset,
    zone,
  );
}

export const isLocal = (time: FeelTime) => time.offset === null && time.zone === null;

export function utcNanos(time: FeelTime): bigint {
  const shift = time.zone === null ? (time.offset ?? 0) : zoneOffset(time.zone, 0);
  return timeNanos(time) - BigInt(shift) * SECOND;
}

export const localNanos = (moment: FeelDateTime) =>
  BigInt(ordinal(moment.date)) * DAY + timeNanos(moment.time);

export function offsetOf(moment: FeelDateTime): number | null {
  const { zone, offset } = moment.time;
  return zone === null ? offset : zoneOffset(zone, Number(floorDivBig(localNanos(moment), SECOND)));
}

/** Nanoseconds since 1970-01-01T00:00:00Z; a local date and time counts as UTC. */
export const instant = (moment: FeelDateTime) => localNanos(moment) - BigInt(offsetOf(moment) ?? 0) * SECOND;

export function fromLocalNanos(nanos: bigint, offset: number | null, zone: string | null): FeelDateTime {
  const days = floorDivBig(nanos, DAY);
  return new FeelDateTime(fromOrdinal(Number(days)), timeFromNanos(nanos - days * DAY, offset, zone));
}

/** The wall clock of `zone` at an instant. */
export function fromInstant(nanos: bigint, zone: string): FeelDateTime {
  const offset = instantOffset(zone, Number(floorDivBig(nanos, SECOND)));
  return fromLocalNanos(nanos + BigInt(offset) * SECOND, null, zone);
}

/** So much later on the time line; in a named zone the wall clock follows its summer time. */
export function shift(moment: FeelDateTime, nanos: bigint): FeelDateTime {
  const { zone, offset } = moment.time;
  if (zone !== null) return fromInstant(instant(moment) + nanos, zone);
  return fromLocalNanos(localNanos(moment) + nanos, offset, null);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, made);
  return made;
}

/** Whether there is an IANA zone of exactly that name; the browser itself would take it in any case. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    const known = formatOf(name).resolvedOptions().timeZone;
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch (unknown) {
    if (unknown instanceof RangeError) return false;
    throw unknown;
  }
}

const CYCLE = 146_097 * 86_400;
/** `Intl` counts days before October 1582 in the Julian calendar; no zone had left its first offset by 1800. */
const FIRST = ordinal(new FeelDate(1800, 1, 1)) * 86_400;
const LAST = ordinal(new FeelDate(9999, 12, 29)) * 86_400;

/** Seconds ahead of UTC at an instant: far in the past the zone's first offset, in the future its last rule. */
export function instantOffset(zone: string, epochSeconds: number): number {
  const repeated = LAST - CYCLE + ((epochSeconds - LAST) % CYCLE);
  const seconds = epochSeconds > LAST ? repeated : Math.max(epochSeconds, FIRST);
  const parts = new Map(
    formatOf(zone)
      .formatToParts(seconds * 1000)
      .map((p) => [p.type, Number(p.value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const days = ordinal(new FeelDate(part("year"), part("month"), part("day")));
  return days * 86_400 + part("hour") * 3600 + part("minute") * 60 + part("second") - seconds;
}

/** Seconds ahead of UTC when the wall clock shows that local time; the earlier one when it comes twice. */
export function zoneOffset(zone: string, localSeconds: number): number {
  const before = instantOffset(zone, localSeconds - 86_400);
  if (instantOffset(zone, localSeconds - before) === before) return before;
  const after = instantOffset(zone, localSeconds + 86_400);
  return instantOffset(zone, localSeconds - after) === after ? after : before;
}
