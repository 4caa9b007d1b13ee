/** The condition of a rule as people read it: its parts, what each came to, and which of them decided. */
import { currentLanguage, formatDateTime, formatNumber, t } from "@/i18n";
import type { Foreseen, Part } from "./run";

export type Verdict = "yes" | "no" | "unknown" | "skipped";

/** `unknown`: it has no value, mostly because a field is empty. `skipped`: the parts before had decided. */
export function verdictOf(part: Part): Verdict {
  if (!part.evaluated) return "skipped";
  if (part.value === true) return "yes";
  return part.value === false ? "no" : "unknown";
}

export interface Shown {
  readonly text: string;
  readonly value: unknown;
}

/** A name and what follows it by dots: 客户.等级. */
function isPath({ text, parts }: Part): boolean {
  const [only] = parts;
  return parts.length === 1 && only !== undefined && text.startsWith(`${only.text}.`);
}

/** A function of nothing but literals: duration("P14D") says itself what it is. */
const CONSTANT = /^[\p{L} ]+\((?:"[^"]*"|[\d.,\s-]+)\)$/u;

/**
 * The values that a part was worked out from, each once: what stands there, and what was calculated from it. A part
 * that is itself a field with a yes or no has nothing else to show.
 */
export function valuesIn(part: Part): Shown[] {
  const found = new Map<string, unknown>();
  const visit = (one: Part, top: boolean) => {
    if (!one.evaluated || CONSTANT.test(one.text)) return;
    const isLeaf = one.parts.length === 0 || isPath(one);
    if (!isLeaf) one.parts.forEach((inner) => visit(inner, false));
    const isVerdict = typeof one.value === "boolean" || one.value === null;
    if (top && isVerdict && (isLeaf ? one.value !== null : true)) return;
    if (isLeaf || !isVerdict) found.set(one.text, one.value);
  };
  visit(part, true);
  return [...found].map(([text, value]) => ({ text, value }));
}

/** An expression without the brackets around all of it. */
export function bare(text: string): string {
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (const [at, sign] of [...text].entries()) {
    depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    if (depth === 0 && at < text.length - 1) return text;
  }
  return text.slice(1, -1);
}

/** The parts that kept the whole from being true, as deep as `and` and `or` go. */
export function decisive(part: Part): Part[] {
  if (verdictOf(part) === "yes" || verdictOf(part) === "skipped") return [];
  if (part.joint === "") return [part];
  const found = part.parts.flatMap(decisive);
  return found.length > 0 ? found : [part];
}

/** The operands of the whole condition: a column each where many records are looked at. */
export function columnsOf(items: readonly Foreseen[]): string[] {
  const whole = items.find(({ condition }) => condition !== null)?.condition;
  if (!whole) return [];
  return whole.joint === "" ? [whole.text] : whole.parts.map(({ text }) => text);
}

/** The part of a record's condition that stands in a column. */
export function partIn(condition: Part | null, column: string): Part | undefined {
  if (!condition || condition.text === column) return condition ?? undefined;
  return condition.parts.find(({ text }) => text === column);
}

const WORDS =
  /\b(?:duration|date|time|date and time)\("([^"]*)"\)|"(?:[^"\\]|\\.)*"|\btoday\(\)|\bnow\(\)|>=|<=|!=|\b(?:and|or|not|in|null|true|false)\b/g;
const SIGNS: Readonly<Record<string, string>> = { ">=": "≥", "<=": "≤", "!=": "≠" };

/** An expression as it is said: signs and the few words of the language in the reader's own, strings as they are. */
export function said(text: string): string {
  return bare(text).replace(WORDS, (word, literal: string | undefined) => {
    if (literal !== undefined) return valueText(literal);
    return word.startsWith('"') ? word : (SIGNS[word] ?? t(`runs.word.${word.replace("()", "")}`));
  });
}

/** What decided a part of many records, in a cell: a value alone, several with their names. */
export function cellText(part: Part): string {
  const deciding = part.joint === "" || verdictOf(part) === "yes" ? [part] : decisive(part);
  const values = deciding.flatMap(valuesIn).slice(0, MOST_VALUES);
  if (values.length === 1) return valueText(values[0]!.value);
  return values.map(({ text, value }) => `${said(text)} ${valueText(value)}`).join(t("runs.value.and"));
}

const MOST_VALUES = 2;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** A value that a rule read, for people. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return t("runs.value.empty");
  if (typeof value === "boolean") return t(value ? "runs.value.yes" : "runs.value.no");
  if (typeof value === "number") return formatNumber(value);
  if (Array.isArray(value))
    return value.length === 0 ? t("runs.value.none") : value.map(valueText).join(t("runs.value.and"));
  if (typeof value === "string") {
    if (MOMENT.test(value) && !Number.isNaN(Date.parse(value))) return formatDateTime(value);
    return durationText(value) ?? value;
  }
  return Object.entries(value)
    .map(([key, one]) => `${key} ${valueText(one)}`)
    .join(t("runs.value.and"));
}

const DURATION = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNITS = ["year", "month", "day", "hour", "minute", "second"] as const;

/** "P14D" as 14 days; undefined for what is no duration. */
function durationText(text: string): string | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const [, sign, ...amounts] = match;
  const parts = UNITS.flatMap((unit, at) => {
    const amount = amounts[at];
    if (amount === undefined) return [];
    const format = new Intl.NumberFormat(currentLanguage(), { style: "unit", unit, unitDisplay: "long" });
    return [format.format(Number(amount))];
  });
  return parts.length === 0 ? undefined : `${sign}${parts.join(" ")}`;
}
