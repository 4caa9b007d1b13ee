/** How the values of a column are shown and entered: as those of the field it belongs to, else by its FEEL type. */
import type { FieldRender, FieldTypeName, Option } from "@/api";
import { formatMoney, formatNumber, formatPercent, label, t } from "@/i18n";
import { readTests, type Literal } from "./cell";

export type StyleKind = "number" | "percent" | "money" | "text" | "choice" | "boolean" | "date" | "other";

export interface Style {
  readonly kind: StyleKind;
  /** Of a choice: what can be chosen, most important first. */
  readonly options: readonly Option[];
  readonly currency: string;
}

export interface Column {
  readonly type: string;
  readonly allowed: string;
}

const NO_OPTIONS: readonly Option[] = [];
const OF_TYPE: Readonly<Record<string, StyleKind>> = {
  number: "number",
  string: "text",
  boolean: "boolean",
  date: "date",
};
const OF_FIELD: Readonly<Record<FieldTypeName, StyleKind>> = {
  ...{ number: "number", rating: "number", money: "money", percent: "percent" },
  ...{ text: "text", longtext: "text", email: "text", phone: "text", url: "text" },
  ...{ id_number: "text", credit_code: "text", auto_number: "text" },
  ...{ select: "choice", checkbox: "boolean", date: "date", datetime: "other" },
  ...{ relation: "other", member: "other", department: "other", subtable: "other" },
};
const FEEL_TYPES: Readonly<Record<FieldTypeName, string>> = {
  ...{ number: "number", rating: "number", money: "number", percent: "number" },
  ...{ text: "string", longtext: "string", email: "string", phone: "string", url: "string" },
  ...{ id_number: "string", credit_code: "string", auto_number: "string", select: "string" },
  ...{ checkbox: "boolean", date: "date", datetime: "date and time" },
  ...{ relation: "", member: "", department: "", subtable: "" },
};

/** The FEEL type of a field's values; "" for what a decision compares by its parts. */
export function feelTypeOf(field: FieldRender): string {
  return FEEL_TYPES[field.type];
}

/** The values that a list of allowed ones names; none if it says anything else. */
export function listedValues(allowed: string): readonly Literal[] {
  const cell = readTests(allowed);
  if (allowed.trim() === "" || cell.kind !== "tests" || cell.negated) return [];
  const values = cell.tests.map((test) => (test.op === "=" ? test.value : null));
  return values.every((value) => value !== null) ? values : [];
}

export function styleOf(column: Column, field: FieldRender | undefined, currency: string): Style {
  const own = field && OF_FIELD[field.type];
  const kind = own && own !== "other" ? own : (OF_TYPE[column.type] ?? "other");
  const listed = listedValues(column.allowed).flatMap((value) =>
    value.kind === "string" ? [value.text] : [],
  );
  const known = field?.options ?? NO_OPTIONS;
  const options =
    listed.length > 0
      ? listed.map((key) => known.find((one) => one.key === key) ?? { key, label: key })
      : known;
  const chooses = options.length > 0 && (kind === "text" || kind === "choice" || kind === "other");
  return {
    kind: chooses ? "choice" : kind === "choice" ? "text" : kind,
    options,
    currency: field?.props.currency ?? currency,
  };
}

export function optionLabel(key: string, style: Style): string {
  return label(style.options.find((one) => one.key === key)?.label, key);
}

/** A value as people read it in the column. */
export function shownLiteral(value: Literal, style: Style): string {
  switch (value.kind) {
    case "number":
      return shownNumber(value.text, style);
    case "string":
      return style.kind === "choice" ? optionLabel(value.text, style) : value.text;
    case "boolean":
      return t(value.value ? "decisions.true" : "decisions.false");
    case "temporal":
      return value.text.replace("T", " ");
    case "null":
      return t("decisions.empty");
  }
}

function shownNumber(text: string, { kind, currency }: Style): string {
  if (kind === "percent") return formatPercent(text);
  if (kind !== "money") return formatNumber(text);
  const cents = text.includes(".") ? {} : { scale: 0 };
  return formatMoney(text, currency, cents);
}
