/** A working calendar as its document has it, and what it makes of a day. */
import type { Label } from "@/i18n";

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface Holiday {
  readonly from: string;
  /** The last day; without it there is one. */
  readonly to?: string;
  readonly label?: Label;
}

export interface Makeup {
  readonly on: string;
  /** Works like this day of the week, or has hours of its own. */
  readonly as?: Weekday;
  readonly hours?: readonly string[];
  readonly label?: Label;
}

export interface CalendarDocument {
  readonly key: string;
  readonly label: Label;
  readonly zone?: string;
  /** "09:00-12:00" by day of the week; days that are left out are free. */
  readonly hours: Readonly<Partial<Record<Weekday, readonly string[]>>>;
  readonly holidays?: readonly Holiday[];
  readonly makeup?: readonly Makeup[];
}

/** Days are written as in "2026-10-01"; they have no zone. */
export type Day = string;
export type DayKind = "work" | "rest" | "holiday" | "makeup";

const MS_PER_DAY = 86_400_000;
const USUAL_HOURS = ["09:00-12:00", "13:00-18:00"];

export function dayOf(year: number, month: number, day: number): Day {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

export function nextDay(day: Day, by = 1): Day {
  return new Date(Date.parse(day) + by * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Whether there is such a day: no 31st of February. */
export function isDay(text: string): boolean {
  const time = Date.parse(text);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && nextDay(text, 0) === text;
}

export function weekdayOf(day: Day): Weekday {
  return WEEKDAYS[(new Date(Date.parse(day)).getUTCDay() + 6) % 7]!;
}

export function lastOf({ from, to }: Holiday): Day {
  return to ?? from;
}

/** A make-up day wins over a holiday, a holiday over the week. */
export function kindOf(calendar: CalendarDocument, day: Day): DayKind {
  if (calendar.makeup?.some(({ on }) => on === day)) return "makeup";
  if (holidayOn(calendar, day)) return "holiday";
  return hoursOn(calendar, weekdayOf(day)).length > 0 ? "work" : "rest";
}

export function holidayOn({ holidays = [] }: CalendarDocument, day: Day): Holiday | undefined {
  return holidays.find((one) => one.from <= day && day <= lastOf(one));
}

export function hoursOn({ hours }: CalendarDocument, weekday: Weekday): readonly string[] {
  return hours[weekday] ?? [];
}

/** The days of a month, Monday first; null where another month's days would stand. */
export function monthDays(year: number, month: number): (Day | null)[] {
  const first = dayOf(year, month, 1);
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const before = WEEKDAYS.indexOf(weekdayOf(first));
  return [
    ...Array.from({ length: before }, () => null),
    ...Array.from({ length: count }, (_, at) => dayOf(year, month, at + 1)),
  ];
}

export function workingDaysIn(calendar: CalendarDocument, year: number): number {
  let count = 0;
  for (let day = dayOf(year, 1, 1); day <= dayOf(year, 12, 31); day = nextDay(day))
    if (kindOf(calendar, day) === "work" || kindOf(calendar, day) === "makeup") count += 1;
  return count;
}

/** The day of the week that a make-up day works like: the first that is worked. */
export function usualWeekday(calendar: CalendarDocument): Weekday {
  return WEEKDAYS.find((weekday) => hoursOn(calendar, weekday).length > 0) ?? "monday";
}

export function withHours(
  calendar: CalendarDocument,
  weekday: Weekday,
  hours: readonly string[],
): CalendarDocument {
  const all = WEEKDAYS.map((one) => [one, one === weekday ? hours : hoursOn(calendar, one)] as const);
  return { ...calendar, hours: Object.fromEntries(all.filter(([, worked]) => worked.length > 0)) };
}

/** The hours that a day of the week gets when it becomes one that is worked. */
export function firstHours(calendar: CalendarDocument): readonly string[] {
  const worked = WEEKDAYS.map((weekday) => hoursOn(calendar, weekday)).find((hours) => hours.length > 0);
  return worked ?? USUAL_HOURS;
}

/** What a click on a day does: a day that is worked becomes free, a free one is worked, what was set is undone. */
export function toggled(calendar: CalendarDocument, day: Day): CalendarDocument {
  switch (kindOf(calendar, day)) {
    case "makeup":
      return withMakeup(
        calendar,
        (calendar.makeup ?? []).filter(({ on }) => on !== day),
      );
    case "holiday":
      return withHolidays(
        calendar,
        (calendar.holidays ?? []).flatMap((one) => without(one, day)),
      );
    case "work":
      return withHolidays(calendar, [...(calendar.holidays ?? []), { from: day }]);
    case "rest":
      return withMakeup(calendar, [...(calendar.makeup ?? []), { on: day, as: usualWeekday(calendar) }]);
  }
}

/** What is left of a holiday when one of its days is worked after all. */
function without(holiday: Holiday, day: Day): Holiday[] {
  const last = lastOf(holiday);
  if (day < holiday.from || last < day) return [holiday];
  const left: [Day, Day][] = [
    [holiday.from, nextDay(day, -1)],
    [nextDay(day), last],
  ];
  return left.filter(([from, to]) => from <= to).map(([from, to]) => spanned(from, to, holiday.label));
}

export function spanned(from: Day, to: Day, label: Label): Holiday {
  return { from, ...(to > from ? { to } : {}), ...(label ? { label } : {}) };
}

/** In the order of the days; neighbours of one name become one. */
export function withHolidays(calendar: CalendarDocument, holidays: readonly Holiday[]): CalendarDocument {
  const { holidays: _gone, ...rest } = calendar;
  const sorted = [...holidays].sort((one, other) => one.from.localeCompare(other.from));
  return sorted.length === 0 ? rest : { ...rest, holidays: joined(sorted) };
}

function joined(sorted: readonly Holiday[]): Holiday[] {
  const found: Holiday[] = [];
  for (const one of sorted) {
    const before = found.at(-1);
    const sameName = before && JSON.stringify(before.label ?? "") === JSON.stringify(one.label ?? "");
    if (before && sameName && one.from <= nextDay(lastOf(before))) {
      const last = lastOf(one) > lastOf(before) ? lastOf(one) : lastOf(before);
      found[found.length - 1] = spanned(before.from, last, before.label);
    } else found.push(one);
  }
  return found;
}

/** In the order of the days, each once; the later one counts. */
export function withMakeup(calendar: CalendarDocument, makeup: readonly Makeup[]): CalendarDocument {
  const { makeup: _gone, ...rest } = calendar;
  const each = new Map(makeup.map((one) => [one.on, one]));
  const sorted = [...each.values()].sort((one, other) => one.on.localeCompare(other.on));
  return sorted.length === 0 ? rest : { ...rest, makeup: sorted };
}

/** Days that were pasted or imported. A make-up day without a day of the week works like the usual one. */
export interface Days {
  readonly holidays: readonly Holiday[];
  readonly makeup: readonly Makeup[];
}

/** New names win over old ones: days that are entered again lose what stood there. */
export function withDays(calendar: CalendarDocument, { holidays, makeup }: Days): CalendarDocument {
  const days = holidays.flatMap((one) => daysOf(one));
  const kept = days.reduce(
    (left, day) => left.flatMap((one) => without(one, day)),
    [...(calendar.holidays ?? [])],
  );
  const usual = usualWeekday(calendar);
  const worked = makeup.map((one) => (one.as || one.hours ? one : { ...one, as: usual }));
  const free = withHolidays(calendar, [...kept, ...holidays]);
  const set = new Set(days);
  const before = (calendar.makeup ?? []).filter(({ on }) => !set.has(on));
  return withMakeup(free, [...before, ...worked]);
}

const MOST_DAYS = 366;

export function daysOf(holiday: Holiday): Day[] {
  const found: Day[] = [];
  for (let day = holiday.from; day <= lastOf(holiday) && found.length < MOST_DAYS; day = nextDay(day))
    found.push(day);
  return found;
}

/** "9", "930", "9:30" or "9：30" as "09:30"; null for what is no time of a day, whose end is 24:00. */
export function readTime(text: string): string | null {
  const match = /^(\d{1,2})(?:\s*[:：.]?\s*(\d{2}))?$/.exec(text.trim());
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)];
  if (hour * 60 + minute > 24 * 60 || minute > 59) return null;
  return [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
}
