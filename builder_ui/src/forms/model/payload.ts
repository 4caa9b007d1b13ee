/** What a form sends: a whole record, or what changed of a stored one (contract of `POST` and `PATCH`). */
import type { FieldRender, FormRender, RowChanges, SubRow, Value, Values } from "@/api";
import { rowsOfValue, sameValue, type EditRow, type Settled } from "./settle";

/** Whether a person may send a value for the field at all. */
export function isSent(field: FieldRender): boolean {
  return field.access === "write" && !field.computed && field.type !== "auto_number";
}

/** References travel as ids. */
function sent(field: FieldRender, value: Value): Value {
  if (field.type === "subtable") return null;
  if (typeof value === "object" && value !== null && "id" in value) return (value as { id: number }).id;
  return value;
}

function isEmpty(field: FieldRender, value: Value | undefined): boolean {
  if (field.type === "checkbox") return value !== true;
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** Whether the field is shown and may be entered, so that its value is the person's. */
function isEntered(field: FieldRender, { states }: Settled): boolean {
  const state = states[field.key];
  return isSent(field) && state?.visible !== false && state?.readonly !== true;
}

function rowValues(table: FieldRender, row: SubRow): Values {
  const columns = Object.values(table.fields ?? {}).filter(isSent);
  const filled = columns.filter((column) => !isEmpty(column, row.values[column.key]));
  return Object.fromEntries(
    filled.map((column) => [column.key, sent(column, row.values[column.key] ?? null)]),
  );
}

/** Body of a new record: entered fields only, so that the server sets the defaults of the rest. */
export function createPayload(form: FormRender, settled: Settled): Values {
  const fields = Object.values(form.fields).filter((field) => isEntered(field, settled));
  return Object.fromEntries(fields.flatMap((field) => createEntry(field, settled.values[field.key] ?? null)));
}

/** A field emptied on purpose is sent as null, or its default would come back. */
function createEntry(field: FieldRender, value: Value): [string, Value][] {
  const hasDefault = field.default !== undefined || Boolean(field.default_expression);
  if (isEmpty(field, value)) return hasDefault ? [[field.key, field.type === "checkbox" ? false : null]] : [];
  if (field.type !== "subtable") return [[field.key, sent(field, value)]];
  const rows = rowsOfValue(value).map((row) => ({ values: rowValues(field, row) }));
  return [[field.key, rows as unknown as Value]];
}

/** Body of a change: the fields whose value differs from what was stored when the form was opened. */
export function patchPayload(form: FormRender, settled: Settled, stored: Values): Values {
  const changed = Object.values(form.fields).filter(
    (field) =>
      isEntered(field, settled) &&
      differs(field, settled.values[field.key] ?? null, stored[field.key] ?? null),
  );
  return Object.fromEntries(changed.map((field) => [field.key, patchValue(field, settled, stored)]));
}

/** What a person entered over `start`, rows with their keys: enough to go on later, over a newer state as well. */
export function enteredValues(form: FormRender, values: Values, start: Values): Values {
  const changed = Object.values(form.fields).filter(
    (field) => isSent(field) && differs(field, values[field.key] ?? null, start[field.key] ?? null),
  );
  return Object.fromEntries(changed.map(({ key }) => [key, values[key] ?? null]));
}

function patchValue(field: FieldRender, { values }: Settled, stored: Values): Value {
  const value = values[field.key] ?? null;
  if (field.type !== "subtable") return sent(field, value);
  return rowChanges(field, rowsOfValue(value), rowsOfValue(stored[field.key])) as unknown as Value;
}

function differs(field: FieldRender, value: Value, stored: Value): boolean {
  if (field.type === "subtable") {
    return Object.keys(rowChanges(field, rowsOfValue(value), rowsOfValue(stored))).length > 0;
  }
  return !sameValue(sent(field, value), sent(field, stored));
}

/** Operations that make the stored rows into the edited ones; new rows stand in `order` as -1, -2, … */
export function rowChanges(
  table: FieldRender,
  rows: readonly EditRow[],
  stored: readonly SubRow[],
): RowChanges {
  const create = rows.filter((row) => row.id === undefined).map((row) => ({ values: rowValues(table, row) }));
  const update = rows.flatMap((row) => rowUpdate(table, row, stored));
  const kept = new Set(rows.map((row) => row.id));
  const removed = stored.flatMap((row) => (row.id !== undefined && !kept.has(row.id) ? [row.id] : []));
  const order = orderOf(rows);
  const usual = [
    ...stored.flatMap((row) => (row.id !== undefined && kept.has(row.id) ? [row.id] : [])),
    ...create.map((_, at) => -1 - at),
  ];
  return {
    ...(create.length > 0 ? { create } : {}),
    ...(update.length > 0 ? { update } : {}),
    ...(removed.length > 0 ? { delete: removed } : {}),
    ...(order.join() === usual.join() ? {} : { order }),
  };
}

function orderOf(rows: readonly EditRow[]): number[] {
  let created = 0;
  return rows.map((row) => row.id ?? (created -= 1));
}

function rowUpdate(
  table: FieldRender,
  row: EditRow,
  stored: readonly SubRow[],
): { id: number; values: Values }[] {
  const before = stored.find((each) => each.id !== undefined && each.id === row.id);
  if (row.id === undefined || before === undefined) return [];
  const columns = Object.values(table.fields ?? {}).filter(isSent);
  const changed = columns.filter(
    (column) =>
      !sameValue(
        sent(column, row.values[column.key] ?? null),
        sent(column, before.values[column.key] ?? null),
      ),
  );
  if (changed.length === 0) return [];
  const values = changed.map((column) => [column.key, sent(column, row.values[column.key] ?? null)]);
  return [{ id: row.id, values: Object.fromEntries(values) }];
}

/** Stored values that saving will clear because the form now hides them. */
export function clearedFields(form: FormRender, settled: Settled, stored: Values): FieldRender[] {
  return Object.values(form.fields).filter(
    (field) => settled.states[field.key]?.cleared === true && !isEmpty(field, stored[field.key]),
  );
}
