/** A value that a rule gives to a field: what can be chosen is read from its FEEL text, everything else stays text. */
import type { FieldRender } from "@/api";
import { isComparable } from "../../model/conditions";
import { quoted } from "../../model/print";

export type ValueForm =
  | { readonly kind: "empty" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** Days from today. */
  | { readonly kind: "day"; readonly days: number }
  /** From now on, in hours or days. */
  | { readonly kind: "moment"; readonly amount: number; readonly unit: "H" | "D" }
  | { readonly kind: "date"; readonly date: string }
  /** A field of the rule's record. */
  | { readonly kind: "field"; readonly path: string }
  /** The rule's record itself. */
  | { readonly kind: "record" }
  /** Who did it. */
  | { readonly kind: "user" }
  | { readonly kind: "feel"; readonly text: string };
export type ValueKind = ValueForm["kind"];

/** What values of an action can name. */
export interface ValueScope {
  readonly own: readonly FieldRender[];
  /** Key of the rule's form. */
  readonly form: string | undefined;
  /** Bare names are another form's: the rule's own fields are `record.<key>`. */
  readonly foreign: boolean;
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const DAY = /^today\(\)(?:\s*([+-])\s*duration\("P(\d+)D"\))?$/;
const MOMENT = /^now\(\)(?:\s*\+\s*duration\("P(?:T(\d+)H|(\d+)D)"\))?$/;
const DATE = /^date\("(\d{4}-\d\d-\d\d)"\)$/;

/** Of a text: what can be chosen for it, given the field it goes to. */
export function readValue(text: string, field: FieldRender | undefined, scope: ValueScope): ValueForm {
  const trimmed = text.trim();
  const found = field && literal(trimmed, field);
  if (trimmed === "null") return { kind: "empty" };
  if (found) return found;
  if (trimmed === "record" && field?.to === scope.form) return { kind: "record" };
  if (trimmed === "user" && field?.type === "member") return { kind: "user" };
  const path = ownPath(trimmed, scope);
  return path === undefined ? { kind: "feel", text } : { kind: "field", path };
}

function literal(text: string, { type }: FieldRender): ValueForm | undefined {
  if (text === "true" || text === "false")
    return type === "checkbox" ? { kind: "boolean", value: text === "true" } : undefined;
  if (NUMBER.test(text)) return isFigure(type) ? { kind: "number", text } : undefined;
  if (text.startsWith('"')) return isWords(type) ? textOf(text) : undefined;
  if (type === "date") return dayOf(text);
  return type === "datetime" ? momentOf(text) : undefined;
}

const isFigure = (type: FieldRender["type"]) => ["number", "money", "percent", "rating"].includes(type);
const isWords = (type: FieldRender["type"]) =>
  ["text", "longtext", "select", "email", "phone", "url", "id_number", "credit_code"].includes(type);

function textOf(text: string): ValueForm | undefined {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "string" ? { kind: "text", text: found } : undefined;
  } catch {
    return undefined;
  }
}

function dayOf(text: string): ValueForm | undefined {
  const day = DAY.exec(text);
  if (day) return { kind: "day", days: Number(day[2] ?? 0) * (day[1] === "-" ? -1 : 1) };
  const date = DATE.exec(text)?.[1];
  return date === undefined ? undefined : { kind: "date", date };
}

function momentOf(text: string): ValueForm | undefined {
  const found = MOMENT.exec(text);
  if (!found) return undefined;
  return found[2] === undefined
    ? { kind: "moment", amount: Number(found[1] ?? 0), unit: "H" }
    : { kind: "moment", amount: Number(found[2]), unit: "D" };
}

function ownPath(text: string, { own, foreign }: ValueScope): string | undefined {
  const key = text.startsWith("record.") ? text.slice("record.".length) : foreign ? "" : text;
  return own.some((field) => field.key === key) ? key : undefined;
}

export function printValue(value: ValueForm, scope: Pick<ValueScope, "foreign">): string {
  switch (value.kind) {
    case "empty":
      return "null";
    case "text":
      return quoted(value.text);
    case "number":
      return NUMBER.test(value.text) ? value.text : "null";
    case "boolean":
      return String(value.value);
    case "day":
      return value.days === 0
        ? "today()"
        : `today() ${value.days < 0 ? "-" : "+"} duration("P${Math.abs(value.days)}D")`;
    case "moment":
      return value.amount === 0
        ? "now()"
        : `now() + duration("P${value.unit === "H" ? `T${value.amount}H` : `${value.amount}D`}")`;
    case "date":
      return value.date === "" ? "null" : `date("${value.date}")`;
    case "field":
      return scope.foreign ? `record.${value.path}` : value.path;
    case "record":
    case "user":
      return value.kind;
    case "feel":
      return value.text.trim() === "" ? "null" : value.text;
  }
}

/** Fields of the rule's record whose values fit. */
export function fittingFields(field: FieldRender, own: readonly FieldRender[]): readonly FieldRender[] {
  return own.filter((one) => isComparable(one.type, field.type) && (one.to ?? "") === (field.to ?? ""));
}

/** What can be chosen for a field, the usual thing first; FEEL is always among it. */
export function kindsFor(field: FieldRender, scope: ValueScope): readonly ValueKind[] {
  const own = fittingFields(field, scope.own).length > 0 ? (["field"] as const) : [];
  return [...literalKinds(field, scope.form), ...own, "empty", "feel"];
}

function literalKinds({ type, to }: FieldRender, form: string | undefined): readonly ValueKind[] {
  switch (type) {
    case "text":
    case "longtext":
    case "email":
    case "phone":
    case "url":
    case "id_number":
    case "credit_code":
    case "select":
      return ["text"];
    case "number":
    case "money":
    case "percent":
    case "rating":
      return ["number"];
    case "checkbox":
      return ["boolean"];
    case "date":
      return ["day", "date"];
    case "datetime":
      return ["moment"];
    case "member":
      return ["user"];
    case "relation":
      return to === form ? ["record"] : [];
    default:
      return [];
  }
}

/** A value of the kind to begin with. */
export function newValue(kind: ValueKind, field: FieldRender, scope: ValueScope): ValueForm {
  switch (kind) {
    case "text":
      return { kind, text: field.options?.[0]?.key ?? "" };
    case "number":
      return { kind, text: "0" };
    case "boolean":
      return { kind, value: true };
    case "day":
      return { kind, days: 0 };
    case "moment":
      return { kind, amount: 0, unit: "H" };
    case "date":
      return { kind, date: "" };
    case "field":
      return { kind, path: fittingFields(field, scope.own)[0]?.key ?? "" };
    case "feel":
      return { kind, text: "" };
    default:
      return { kind };
  }
}

/** Fields that a rule may set: not computed, no automatic number, no rows. */
export function writableFields(fields: readonly FieldRender[]): readonly FieldRender[] {
  return fields.filter(({ computed, type }) => !computed && type !== "auto_number" && type !== "subtable");
}
