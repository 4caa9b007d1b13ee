/** Lists of days as people have them: one on a line, or the text of an .ics file. */
import { dayOf, isDay, nextDay, spanned, type Day, type Days, type Holiday, type Makeup } from "./calendar";

export interface Pasted extends Days {
  /** Lines that say no day. */
  readonly unread: readonly string[];
}

const DATE = /(?:(\d{4})\s*[-/.年])?\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?/y;
const DAY_ONLY = /(\d{1,2})\s*[日号]/y;
const UNTIL = /\s*(?:[（(][^）)]*[）)])?\s*(?:~|～|-|–|—|至|到|to)\s*/iy;
const WORKED = /上班|补班|调班|调休上|workday|work day|working|make-?up/i;
/** Around a name: brackets with the day of the week, signs, and the words that say only what the day is. */
const NOISE =
  /[（(][^）)]*[）)]|上班|补班|放假|休息|调休|公休|[,，;；:：。、\t]+|\bholiday\b|\bwork(?:ing)? ?day\b/gi;

/**
 * `2026-10-01`, `2026/10/1`, `10月1日` (of `year`), `10月1日至7日`, `2026-10-01 ~ 2026-10-07`, each with a name behind
 * it or before it. A line that says that people work (上班, work) is a make-up day.
 */
export function readDays(text: string, year: number): Pasted {
  const holidays: Holiday[] = [];
  const makeup: Makeup[] = [];
  const unread: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    const found = readLine(line, year);
    if (!found) unread.push(line.trim());
    else if (found.worked) makeup.push(...days(found).map((on) => ({ on, ...named(found.name) })));
    else holidays.push(spanned(found.from, found.to, found.name));
  }
  return { holidays, makeup, unread };
}

interface Line {
  readonly from: Day;
  readonly to: Day;
  readonly name: string;
  readonly worked: boolean;
}

const named = (name: string) => (name ? { label: name } : {});
const MOST_DAYS = 366;

function days({ from, to }: Line): Day[] {
  const found: Day[] = [];
  for (let day = from; day <= to && found.length < MOST_DAYS; day = nextDay(day)) found.push(day);
  return found;
}

function readLine(line: string, year: number): Line | null {
  const start = line.search(/\d/);
  if (start < 0) return null;
  const first = readDate(line, start, year);
  if (!first) return null;
  const last = readLast(line, first);
  const to = last?.day ?? first.day;
  if (to < first.day) return null;
  const rest = `${line.slice(0, start)} ${line.slice(last?.end ?? first.end)}`;
  const name = rest.replace(NOISE, " ").replace(/\s+/g, " ").trim();
  return { from: first.day, to, name: name.slice(0, 200), worked: WORKED.test(line) };
}

interface Found {
  readonly day: Day;
  readonly end: number;
}

function readDate(line: string, at: number, year: number): Found | null {
  const [match, end] = matchAt(DATE, line, at);
  return match ? found(Number(match[1] ?? year), Number(match[2]), Number(match[3]), end) : null;
}

/** The last day: a whole date, or only the day of the same month. */
function readLast(line: string, first: Found): Found | null {
  const [, from] = matchAt(UNTIL, line, first.end);
  if (from === 0) return null;
  const year = Number(first.day.slice(0, 4));
  const whole = readDate(line, from, year);
  if (whole) return whole;
  const [day, end] = matchAt(DAY_ONLY, line, from);
  return day ? found(year, Number(first.day.slice(5, 7)), Number(day[1]), end) : null;
}

function matchAt(pattern: RegExp, line: string, at: number): [RegExpExecArray | null, number] {
  pattern.lastIndex = at;
  const match = pattern.exec(line);
  return [match, match ? pattern.lastIndex : 0];
}

function found(year: number, month: number, day: number, end: number): Found | null {
  const text = [String(year).padStart(4, "0"), pad(month), pad(day)].join("-");
  return isDay(text) ? { day: text, end } : null;
}

const pad = (number: number) => String(number).padStart(2, "0");

/** Whole-day events of an iCalendar file (RFC 5545); the end is the day after the last one. */
export function readIcs(text: string): Pasted {
  const holidays: Holiday[] = [];
  const makeup: Makeup[] = [];
  const unread: string[] = [];
  for (const event of text
    .replace(/\r?\n[ \t]/g, "")
    .split("BEGIN:VEVENT")
    .slice(1)) {
    const name = property(event, "SUMMARY").replace(/\\(.)/g, "$1").slice(0, 200);
    const from = icsDay(property(event, "DTSTART"));
    const end = icsDay(property(event, "DTEND"));
    if (!from) unread.push(name || event.trim().slice(0, 60));
    else if (WORKED.test(name) || /班/.test(name)) makeup.push({ on: from, ...named(name) });
    else holidays.push(spanned(from, end && end > from ? nextDay(end, -1) : from, name));
  }
  return { holidays, makeup, unread };
}

function property(event: string, name: string): string {
  return new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(.*)$`, "m").exec(event)?.[1]?.trim() ?? "";
}

function icsDay(text: string): Day | null {
  const match = /^(\d{4})(\d\d)(\d\d)/.exec(text);
  if (!match) return null;
  const day = dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return day.replaceAll("-", "") === text.slice(0, 8) ? day : null;
}
