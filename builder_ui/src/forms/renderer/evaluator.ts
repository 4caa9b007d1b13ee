/** FEEL in the browser for one form: what a field is in an expression (SEMANTICS §1), and back. */
import type { FieldRender, FormRender, Value } from "@/api";
import {
  fromJson,
  momentOf,
  roundHalfEven,
  run,
  toJson,
  type FeelType,
  type FeelValue,
  type Ir,
} from "../../rules/feel";
import { scaleOfField } from "../fields/number/check";
import type { Context, Evaluator } from "../model/settle";
import { isClaimed } from "./claims";

/** Also of `user`, so that `owner = user` compares ids. */
const REFERENCE: FeelType = ["reference", { id: "number", title: "string" }];

/** The type of a field in an expression. */
export function feelTypeOf(field: FieldRender): FeelType {
  switch (field.type) {
    case "number":
    case "money":
    case "percent":
    case "rating":
      return "number";
    case "checkbox":
      return "boolean";
    case "date":
    case "datetime":
      return field.type;
    case "select":
      return ["select", ...(field.options ?? []).map((option) => option.key)];
    case "relation":
    case "member":
    case "department":
      return REFERENCE;
    case "subtable":
      return [rowType(field)];
    case "text":
    case "longtext":
    case "email":
    case "phone":
    case "url":
    case "id_number":
    case "credit_code":
    case "auto_number":
      return "string";
  }
}

function rowType(table: FieldRender): FeelType {
  const columns = Object.values(table.fields ?? {});
  return Object.fromEntries(columns.map((column) => [column.key, feelTypeOf(column)]));
}

/** Rows reach expressions as their values alone. */
function jsonOf(field: FieldRender, value: Value): Parameters<typeof fromJson>[0] {
  if (field.type !== "subtable") return value as Parameters<typeof fromJson>[0];
  const rows = Array.isArray(value) ? (value as unknown as { values: never }[]) : [];
  return rows.map((row) => row.values);
}

export function makeEvaluator(form: FormRender, zone: string): Evaluator {
  const types = new Map<FieldRender, FeelType>();
  const typeOf = (field: FieldRender): FeelType => {
    const known = types.get(field) ?? feelTypeOf(field);
    types.set(field, known);
    return known;
  };
  return {
    evaluate: (expr, context) => {
      if (!isClaimed(form, expr)) return undefined;
      const names = namesOf(context, zone);
      return run(expr.ir as Ir, names, momentOf(new Date(), zone)).value;
    },
    toFeel: (field, value) => fromJson(jsonOf(field, value), typeOf(field), zone),
    fromFeel: (field, value) => {
      const rounded = isNumberField(field)
        ? roundHalfEven(value as FeelValue, scaleOfField(field))
        : (value as FeelValue);
      return toJson(rounded) as Value;
    },
  };
}

function isNumberField({ type }: FieldRender): boolean {
  return type === "number" || type === "money" || type === "percent" || type === "rating";
}

/** Plain names as the runtime takes them; `record` and `parent` are contexts of the record's own fields. */
function namesOf(context: Context, zone: string): ReadonlyMap<string, FeelValue> {
  const { record, parent, user, ...fields } = context;
  const names = new Map(Object.entries(fields) as [string, FeelValue][]);
  const around = contextOf(parent) ?? contextOf(record) ?? new Map(names);
  return new Map([
    ...names,
    ["record", around],
    ["parent", around],
    ["user", fromJson(user as never, REFERENCE, zone)],
  ]);
}

function contextOf(value: unknown): ReadonlyMap<string, FeelValue> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { record: _record, user: _user, parent: _parent, ...fields } = value as Record<string, FeelValue>;
  return new Map(Object.entries(fields));
}
