/** What the browser finds wrong before it asks the server; the server checks all of it again. */
import type { FieldRender, FormRender, Value } from "@/api";
import type { Params } from "@/i18n";
import { rowsOfValue, type FieldState, type Settled } from "./settle";

/** A message key with parameters, at `field` or `field/row/column`. */
export interface EntryError {
  readonly key: string;
  readonly params?: Params;
}

export type EntryErrors = ReadonlyMap<string, EntryError>;

export type CheckValue = (field: FieldRender, value: Value) => EntryError | undefined;

export function cellPlace(table: string, row: number, column: string): string {
  return `${table}/${row}/${column}`;
}

export function validate(form: FormRender, settled: Settled, check: CheckValue): EntryErrors {
  const found = Object.values(form.fields).flatMap((field) => errorsOf(field, settled, check));
  return new Map(found);
}

function errorsOf(field: FieldRender, settled: Settled, check: CheckValue): [string, EntryError][] {
  const state = settled.states[field.key];
  const value = settled.values[field.key] ?? null;
  if (state === undefined || !state.visible || field.access !== "write") return [];
  const own = errorOf(field, state, value, check);
  const cells = field.type === "subtable" ? cellErrors(field, settled, check) : [];
  return own ? [[field.key, own], ...cells] : cells;
}

function errorOf(
  field: FieldRender,
  state: FieldState,
  value: Value,
  check: CheckValue,
): EntryError | undefined {
  if (field.computed || field.type === "auto_number") return undefined;
  if (state.required && isMissing(field, value)) return { key: "problem.required" };
  return check(field, value);
}

/** A required box must be ticked, a required table must have a row. */
function isMissing({ type }: FieldRender, value: Value): boolean {
  if (type === "checkbox") return value !== true;
  if (typeof value === "string") return value.trim() === "";
  return value === null || (Array.isArray(value) && value.length === 0);
}

function cellErrors(table: FieldRender, settled: Settled, check: CheckValue): [string, EntryError][] {
  const columns = Object.values(table.fields ?? {});
  return rowsOfValue(settled.values[table.key]).flatMap((row, index) => {
    const states = settled.rows[table.key]?.[index] ?? {};
    return columns.flatMap((column): [string, EntryError][] => {
      const state = states[column.key];
      if (state === undefined || !state.visible) return [];
      const error = errorOf(column, state, row.values[column.key] ?? null, check);
      return error ? [[cellPlace(table.key, index, column.key), error]] : [];
    });
  });
}
