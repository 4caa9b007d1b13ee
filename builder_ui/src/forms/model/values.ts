/** A record's values as the form edits them: rows get a key that lasts while they are on screen. */
import type { FieldRender, FormRender, SubRow, Value, Values } from "@/api";
import { rowsOfValue, type Context, type EditRow, type Evaluator } from "./settle";

let created = 0;

/** A row that the server does not know yet. */
export function newRow(values: Values): EditRow {
  created += 1;
  return { key: `new-${created}`, values };
}

export function editValues(form: FormRender, values: Values): Values {
  const tables = Object.values(form.fields).filter((field) => field.type === "subtable");
  const rows = tables.map((table) => [
    table.key,
    rowsOfValue(values[table.key]).map(withKey) as unknown as Value,
  ]);
  return { ...values, ...Object.fromEntries(rows) };
}

function withKey(row: SubRow): EditRow {
  return row.id === undefined ? newRow(row.values) : { ...row, key: `row-${row.id}` };
}

/** Values of a new record or row: constants, and defaults the browser can evaluate; the server sets the others. */
export function defaultValues(fields: readonly FieldRender[], evaluator: Evaluator, scope: Context): Values {
  return fields.reduce<Values>((values, field) => {
    const value = defaultOf(field, evaluator, scope, values);
    return value === undefined ? values : { ...values, [field.key]: value };
  }, {});
}

function defaultOf(
  field: FieldRender,
  evaluator: Evaluator,
  scope: Context,
  before: Values,
): Value | undefined {
  if (field.type === "checkbox" && field.default === undefined && !field.default_expression) return false;
  if (!field.default_expression) return field.default;
  const known = Object.fromEntries(Object.entries(before).map(([key, value]) => [key, value as unknown]));
  const value = evaluator.evaluate(field.default_expression, { ...scope, ...known });
  return value === undefined || value === null ? undefined : evaluator.fromFeel(field, value);
}
