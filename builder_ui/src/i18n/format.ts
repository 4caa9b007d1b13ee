import { currentLanguage, currentZone } from "./language";

/** A number, or decimal text (what decimal.js prints). */
export type Numeric = number | string;

interface NumberOptions {
  scale?: number | undefined;
  /** false: no thousands separators, as for years. */
  grouping?: boolean | undefined;
}

const cache = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = currentLanguage() + JSON.stringify(options);
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(currentLanguage(), options);
  cache.set(key, made);
  return made;
}

/** Decimal text goes through Intl without a detour over doubles. */
function digits(value: Numeric, options: Intl.NumberFormatOptions): string {
  return numberFormat(options).format(String(value) as Intl.StringNumericLiteral);
}

function fixed(scale: number | undefined): Intl.NumberFormatOptions {
  return scale === undefined
    ? { maximumFractionDigits: 12 }
    : { minimumFractionDigits: scale, maximumFractionDigits: scale };
}

export function formatNumber(value: Numeric, { scale, grouping = true }: NumberOptions = {}): string {
  return digits(value, { ...fixed(scale), useGrouping: grouping });
}

/** 0.13 is shown as 13 %, without zeros at the end. */
export function formatPercent(value: Numeric): string {
  return digits(value, { style: "percent", maximumFractionDigits: 10 }).replace(/\s*%/, " %");
}

export function formatMoney(value: Numeric, currency: string, { scale }: NumberOptions = {}): string {
  return digits(value, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...fixed(scale ?? 2),
  });
}

/** Symbol that stands in a column head or before an input: ¥, $, €. */
export function currencySymbol(currency: string): string {
  const parts = numberFormat({ style: "currency", currency, currencyDisplay: "narrowSymbol" }).formatToParts(
    0,
  );
  return parts.find((part) => part.type === "currency")?.value ?? currency;
}

/** A calendar date "2026-01-31" is shown as written: it has no zone. */
export function formatDate(date: string): string {
  return date;
}

function parts(instant: string): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: currentZone(),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return Object.fromEntries(format.formatToParts(new Date(instant)).map((part) => [part.type, part.value]));
}

/** An instant (ISO with offset) as local date and time of the signed-in user: 2026-01-31 16:00. */
export function formatDateTime(instant: string): string {
  const p = parts(instant);
  return `${p["year"]}-${p["month"]}-${p["day"]} ${p["hour"]}:${p["minute"]}`;
}

/** The calendar date of an instant in the user's zone. */
export function localDate(instant: string): string {
  const p = parts(instant);
  return `${p["year"]}-${p["month"]}-${p["day"]}`;
}

/** Short form for lists: the time for today, month and day within the year, else the date. */
export function formatMoment(instant: string, now: Date = new Date()): string {
  const p = parts(instant);
  const today = parts(now.toISOString());
  const date = `${p["month"]}-${p["day"]}`;
  if (p["year"] !== today["year"]) return `${p["year"]}-${date}`;
  return date === `${today["month"]}-${today["day"]}`
    ? `${p["hour"]}:${p["minute"]}`
    : `${date} ${p["hour"]}:${p["minute"]}`;
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** Distance to an instant in the largest fitting unit: "3 小时后", "2 days ago". */
export function formatDistance(instant: string, now: Date = new Date()): string {
  const distance = new Date(instant).getTime() - now.getTime();
  const format = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: "auto" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(distance) >= length) return format.format(Math.trunc(distance / length), unit);
  }
  return format.format(0, "minute");
}
