/** Temporal values as text and back; the twin of `engine/values/text.py`. */
import { isZone, makeDate, makeMonths, makeNanos, plusDays, SECOND } from "./calendar";
import type { Nanos } from "./values";
import { Fault, FeelDate, FeelDateTime, FeelTime, Months } from "./values";

const DATE = /^(-?)([1-9][0-9]{4,8}|[0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const TIME =
  /^([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,20}))?(Z|z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[\w/+-]+)?$/;
const YEARS_MONTHS = /^(-?)P(?:([0-9]{1,12})Y)?(?:([0-9]{1,12})M)?$/;
const DAYS_TIME =
  /^(-?)P(?:([0-9]{1,20})D)?(T(?:([0-9]{1,20})H)?(?:([0-9]{1,20})M)?(?:([0-9]{1,20})(?:\.([0-9]{1,20}))?S)?)?$/;
const MAX_TEXT = 100;

/** The value that `make` gives, or null where there is no such date, time or duration. */
function orNull<T>(make: () => T): T | null {
  try {
    return make();
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
}

export function readDate(text: string): FeelDate | null {
  const found = text.length <= MAX_TEXT ? DATE.exec(text) : null;
  if (!found) return null;
  const [, sign, year, month, day] = found;
  return orNull(() => makeDate(Number(`${sign}${year}`), Number(month), Number(day)));
}

export function readTime(text: string): FeelTime | null {
  const found = text.length <= MAX_TEXT ? TIME.exec(text) : null;
  if (!found) return null;
  const [hour, minute, second] = [found[1], found[2], found[3]].map(Number) as [number, number, number];
  const zone = found[5]?.startsWith("@") ? found[5].slice(1) : null;
  const offset = zone !== null || found[5] === undefined ? null : readOffset(found[5]);
  if (hour > 23 || minute > 59 || second > 59 || Number.isNaN(offset)) return null;
  if (zone !== null && !isZone(zone)) return null;
  return new FeelTime(hour, minute, second, fraction(found[4]), offset, zone);
}

function readOffset(text: string): number {
  if (text === "Z" || text === "z") return 0;
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(1).split(":").map(Number);
  const total = hours * 3600 + minutes * 60 + seconds;
  if (minutes > 59 || seconds > 59 || total > 18 * 3600) return Number.NaN;
  return text.startsWith("-") ? -total : total;
}

const fraction = (digits: string | undefined) => Number((digits ?? "0").slice(0, 9).padEnd(9, "0"));

/** A date alone is midnight, local; 24:00:00 is the next day's midnight. */
export function readDateTime(text: string): FeelDateTime | null {
  const at = text.indexOf("T");
  let day = readDate(at < 0 ? text : text.slice(0, at));
  let rest = at < 0 ? "00:00:00" : text.slice(at + 1);
  if (day && rest.startsWith("24:00:00")) {
    const today = day;
    day = orNull(() => plusDays(today, 1));
    rest = "00:00:00" + rest.slice(8);
  }
  const time = readTime(rest);
  return day && time ? new FeelDateTime(day, time) : null;
}

export function readDuration(text: string): Months | Nanos | null {
  if (text.length > MAX_TEXT) return null;
  const months = YEARS_MONTHS.exec(text);
  if (months && (months[2] ?? months[3]) !== undefined) {
    const total = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    return orNull(() => makeMonths(months[1] ? -total : total));
  }
  const found = DAYS_TIME.exec(text);
  if (!found || found[3] === "T" || (found[2] ?? found[3]) === undefined) return null;
  const part = (index: number) => BigInt(found[index] ?? 0);
  const seconds = part(2) * 86_400n + part(4) * 3600n + part(5) * 60n + part(6);
  const nanos = seconds * SECOND + BigInt(fraction(found[7]));
  return orNull(() => makeNanos(found[1] ? -nanos : nanos));
}

const two = (value: number) => String(value).padStart(2, "0");

export function temporalText(value: FeelDate | FeelTime | FeelDateTime | Months | Nanos): string {
  if (value instanceof FeelDate) return dateText(value);
  if (value instanceof FeelTime) return timeText(value);
  if (value instanceof FeelDateTime) return `${dateText(value.date)}T${timeText(value.time)}`;
  return value instanceof Months ? monthsText(value.months) : nanosText(value.nanos);
}

function dateText(value: FeelDate): string {
  const year = String(Math.abs(value.year)).padStart(4, "0");
  return `${value.year < 0 ? "-" : ""}${year}-${two(value.month)}-${two(value.day)}`;
}

function timeText(value: FeelTime): string {
  const nano = value.nano ? `.${String(value.nano).padStart(9, "0")}`.replace(/0+$/, "") : "";
  const clock = `${two(value.hour)}:${two(value.minute)}:${two(value.second)}${nano}`;
  if (value.zone !== null) return `${clock}@${value.zone}`;
  return clock + (value.offset === null ? "" : offsetText(value.offset));
}

function offsetText(offset: number): string {
  if (offset === 0) return "Z";
  const ahead = Math.abs(offset);
  const text = `${offset < 0 ? "-" : "+"}${two(Math.floor(ahead / 3600))}:${two(Math.floor(ahead / 60) % 60)}`;
  return ahead % 60 ? `${text}:${two(ahead % 60)}` : text;
}

function monthsText(months: number): string {
  const years = Math.floor(Math.abs(months) / 12);
  const rest = Math.abs(months) % 12;
  const parts = (years ? `${years}Y` : "") + (rest ? `${rest}M` : "");
  return `${months < 0 ? "-" : ""}P${parts || "0M"}`;
}

function nanosText(nanos: bigint): string {
  const length = nanos < 0n ? -nanos : nanos;
  const seconds = length / SECOND;
  const rest = String(length % SECOND)
    .padStart(9, "0")
    .replace(/0+$/, "");
  const [days, hours, minutes] = [seconds / 86_400n, (seconds / 3600n) % 24n, (seconds / 60n) % 60n];
  const exact = `${seconds % 60n}${rest ? `.${rest}` : ""}`;
  const clock =
    (hours ? `${hours}H` : "") + (minutes ? `${minutes}M` : "") + (exact === "0" ? "" : `${exact}S`);
  const text = (days ? `${days}D` : "") + (clock ? `T${clock}` : "");
  return `${nanos < 0n ? "-" : ""}P${text || "T0S"}`;
}
