/**
 * What a person types or pastes into a cell, as FEEL, and cells as such text again: `≤ 10%`, `10..20`, `A、B`,
 * `大于1万`. Chinese and English are both taken, whatever language is shown. `=` in front means FEEL as it is.
 */
import Decimal from "decimal.js";
import {
  quotedText,
  readOutput,
  readTests,
  writeLiteral,
  writeTests,
  type Comparison,
  type InputCell,
  type Literal,
  type OutputCell,
  type Test,
} from "./cell";
import { shownLiteral, type Style } from "./style";

const WIDE = /[！-～]/gu;
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^(?:大于等于|不小于|不低于|至少|≥|>=|at least)\s*/iu, ">="],
  [/^(?:小于等于|不大于|不超过|至多|≤|<=|at most)\s*/iu, "<="],
  [/^(?:大于|高于|超过|>|more than|over)\s*/iu, ">"],
  [/^(?:小于|低于|少于|<|less than|below)\s*/iu, "<"],
  [/^(?:等于|==?|is)\s*/iu, "="],
];
const NOT = /^(?:不等于|不是|不属于|除了|除|非|≠|!=|<>|not\b)\s*/iu;
const ANY = /^(?:|-|—|–|\*|任意|不限|全部|any)$/iu;
const NULL = /^(?:空|为空|空值|null|empty)$/iu;
const TRUE = /^(?:是|对|√|✓|true|yes|y)$/iu;
const FALSE = /^(?:否|不|×|✗|false|no|n)$/iu;
const BETWEEN = /^(.+?)\s*(?:\.\.+|~|～|至|到|—|–|\bto\b|\s-\s)\s*(.+)$/iu;
const AROUND = /^(.+?)\s*(<=|≤|<)\s*(?:…|\.\.\.|x|\?)?\s*(<=|≤|<)\s*(.+)$/u;
const LIST = /\s*[,、;；]\s*|\s+或\s*|\s+or\s+/iu;
const NUMBER = /^([-+]?)([¥￥$€£]?)\s*(\d+(?:\.\d+)?|\.\d+)\s*(万|亿|千|k|m)?\s*(%|‰)?(?:元)?$/iu;
const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u;
const TIMES: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8, 千: 1e3, k: 1e3, m: 1e6 };

/** Full-width signs and digits of a Chinese keyboard as the plain ones. */
function narrow(text: string): string {
  return text
    .replace(WIDE, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0xfee0))
    .replace(/\u3000|\u00a0/gu, " ")
    .trim();
}

const isFigure = ({ kind }: Style) => kind === "number" || kind === "percent" || kind === "money";

function literalOf(text: string, style: Style): Literal | null {
  const plain = narrow(text);
  if (NULL.test(plain)) return { kind: "null" };
  switch (style.kind) {
    case "number":
    case "percent":
    case "money":
      return numberOf(plain);
    case "boolean":
      return TRUE.test(plain)
        ? { kind: "boolean", value: true }
        : FALSE.test(plain)
          ? { kind: "boolean", value: false }
          : null;
    case "date":
      return dateOf(plain);
    case "choice":
      return chosen(text.trim(), style);
    case "text":
      return plain === "" ? null : { kind: "string", text: text.trim() };
    case "other":
      return numberOf(plain) ?? dateOf(plain);
  }
}

/** 100,000 is one number; a list has a blank behind its comma. */
function ungrouped(text: string): string {
  return text.replace(/(\d),(?=\d{3}(?!\d))/g, "$1");
}

function numberOf(text: string): Literal | null {
  const match = NUMBER.exec(ungrouped(text));
  if (!match) return null;
  const [, sign, , digits, unit, share] = match;
  const value = new Decimal(`${sign === "-" ? "-" : ""}${digits}`)
    .times(TIMES[(unit ?? "").toLowerCase()] ?? 1)
    .div(share === "%" ? 100 : share === "‰" ? 1000 : 1);
  return { kind: "number", text: value.toFixed() };
}

function dateOf(text: string): Literal | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [, year = "", month = "", day = ""] = match;
  return {
    kind: "temporal",
    maker: "date",
    text: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`,
  };
}

/** An option by its label or key; a text that is none of them is one that is not known yet. */
function chosen(text: string, style: Style): Literal | null {
  if (text === "") return null;
  const wanted = narrow(text).toLowerCase();
  const found = style.options.find(
    (one) =>
      one.key.toLowerCase() === wanted ||
      narrow(shownLiteral({ kind: "string", text: one.key }, style)).toLowerCase() === wanted,
  );
  return { kind: "string", text: found?.key ?? text };
}

function testOf(part: string, style: Style): Test | null {
  const around = AROUND.exec(part);
  const low = around && literalOf(around[1] ?? "", style);
  const high = around && literalOf(around[4] ?? "", style);
  if (around && low && high)
    return { op: "range", low, high, lowIn: around[2] !== "<", highIn: around[3] !== "<" };
  for (const [sign, op] of SIGNS) {
    if (!sign.test(part)) continue;
    const value = literalOf(part.replace(sign, ""), style);
    return value && (op === "=" ? { op, value } : { op: op as Comparison, value });
  }
  return rangeOf(part, style) ?? equal(part, style);
}

function equal(part: string, style: Style): Test | null {
  const value = literalOf(part, style);
  return value && { op: "=", value };
}

/** `10..20`, `[10%..20%)`, `1万-5万`; a date's own hyphens are none of a range. */
function rangeOf(part: string, style: Style): Test | null {
  if (!isFigure(style) && style.kind !== "date" && style.kind !== "other") return null;
  const bracketed = /^([[(\]])(.*)([\])[])$/u.exec(part);
  const inner = bracketed?.[2] ?? part;
  const match = BETWEEN.exec(inner) ?? (isFigure(style) ? /^([^-]+)-([^-]+)$/u.exec(inner) : null);
  if (!match) return null;
  const [low, high] = sameUnits((match[1] ?? "").trim(), (match[2] ?? "").trim()).map((one) =>
    literalOf(one, style),
  );
  if (!low || !high) return null;
  return {
    ...{ op: "range", low, high },
    lowIn: bracketed === null || bracketed[1] === "[",
    highIn: bracketed === null || bracketed[3] === "]",
  };
}

/** In `10-20%` and `1-5万` the unit belongs to both ends. */
function sameUnits(low: string, high: string): readonly [string, string] {
  const unit = /(?:万|亿|千|k|m)?\s*[%‰]?$/iu.exec(high)?.[0] ?? "";
  return unit !== "" && /^[\d.,]+$/.test(low) ? [low + unit, high] : [low, high];
}

/** Unary tests for a cell of an input. */
export function testsFromTyped(typed: string, style: Style): string {
  const text = narrow(typed);
  if (ANY.test(text)) return "-";
  if (/^=\s*/.test(text) && !equal(text.replace(/^=\s*/, ""), style)) return text.slice(1).trim();
  const written = asWritten(isFigure(style) ? ungrouped(typed.trim()) : typed.trim(), style);
  if (written !== null) return written;
  const negated = NOT.test(text);
  const grouped = /^\((.*)\)$/u.exec(text.replace(NOT, ""));
  const body = negated ? (grouped?.[1] ?? text.replace(NOT, "")) : text;
  const tests = partsOf(body, style).map((part) => testOf(part, style));
  if (tests.some((test) => test === null)) return typed.trim();
  return writeTests({ kind: "tests", negated, tests: tests as Test[] });
}

/** FEEL that is of the column's kind is taken as it is. */
function asWritten(text: string, style: Style): string | null {
  const cell = readTests(text);
  if (cell.kind !== "tests") return null;
  return cell.tests.every((test) => suits(test, style)) ? writeTests(cell) : null;
}

function suits(test: Test, style: Style): boolean {
  const values = test.op === "range" ? [test.low, test.high] : [test.value];
  return values.every((value) => suitsColumn(value, style));
}

function suitsColumn(value: Literal, { kind }: Style): boolean {
  if (kind === "other" || value.kind === "null") return true;
  if (kind === "text" || kind === "choice") return value.kind === "string";
  if (kind === "boolean") return value.kind === "boolean";
  return value.kind === (kind === "date" ? "temporal" : "number");
}

function partsOf(text: string, style: Style): readonly string[] {
  const single = isFigure(style) ? ungrouped(text) : text;
  return single.split(LIST).filter((part) => part !== "");
}

/** An expression for a cell of an output: its value, or FEEL behind `=`. */
export function outputFromTyped(typed: string, style: Style): string {
  const text = typed.trim();
  if (text === "" || text === "—") return "";
  if (/^[=＝]/u.test(text)) return narrow(text).slice(1).trim();
  const cell = readOutput(text);
  if (cell.kind === "values" && cell.values.every((value) => suitsColumn(value, style)))
    return cell.values.length === 1 ? writeLiteral(cell.values[0]!) : text;
  const value = literalOf(text, style);
  return value ? writeLiteral(value) : style.kind === "other" ? quotedText(text) : text;
}

/** A cell as text for a spreadsheet, or for typing on; typed again it means the same. */
export function typedFromTests(cell: InputCell, style: Style): string {
  if (cell.kind === "any") return "-";
  if (cell.kind === "feel") return `=${cell.text}`;
  const text = cell.tests.map((test) => typedTest(test, style)).join(", ");
  const typed = cell.negated ? `≠ ${text}` : text;
  const same = testsFromTyped(typed, style) === writeTests(cell);
  return same ? typed : writeTests(cell);
}

function typedTest(test: Test, style: Style): string {
  if (test.op === "=") return plainLiteral(test.value, style);
  if (test.op !== "range") return `${SHOWN[test.op]} ${plainLiteral(test.value, style)}`;
  const [low, high] = [plainLiteral(test.low, style), plainLiteral(test.high, style)];
  if (test.lowIn && test.highIn) return `${low}..${high}`;
  return `${low} ${test.lowIn ? "≤" : "<"} … ${test.highIn ? "≤" : "<"} ${high}`;
}

export const SHOWN: Readonly<Record<Comparison, string>> = { "<": "<", "<=": "≤", ">": ">", ">=": "≥" };

/** Without thousands separators, which would part a list. */
function plainLiteral(value: Literal, style: Style): string {
  if (value.kind !== "number") return shownLiteral(value, style);
  return style.kind === "percent" ? `${new Decimal(value.text).times(100).toFixed()}%` : value.text;
}

export function typedFromOutput(cell: OutputCell, style: Style): string {
  if (cell.kind === "none") return "";
  if (cell.kind === "feel") return `=${cell.text}`;
  const [value] = cell.values;
  if (cell.values.length !== 1 || !value) return `=[${cell.values.map(writeLiteral).join(", ")}]`;
  const typed = plainLiteral(value, style);
  return outputFromTyped(typed, style) === writeLiteral(value) ? typed : writeLiteral(value);
}
