import { createContext, useContext } from "react";
import type { FieldRender, Values } from "@/api";
import type { EditRow, FieldState } from "../model/settle";

/** The record (or row) around an input: what pickers filter by and fill. */
export interface FormScope {
  readonly form: string;
  /** The record's fields and values, also around a row. */
  readonly fields: Readonly<Record<string, FieldRender>>;
  readonly record: Values;
  /** Path of the field's owner in the form: "" or the sub-table's key. */
  readonly table: string;
  readonly values: Values;
  /** Sets several fields of the record or row at once. */
  readonly assign: (values: Values) => void;
}

export const FormScopeContext = createContext<FormScope>({
  form: "",
  fields: {},
  record: {},
  table: "",
  values: {},
  assign: () => undefined,
});

export function useFormScope(): FormScope {
  return useContext(FormScopeContext);
}

/** What a sub-table's input needs beyond its rows. */
export interface TableScope {
  readonly states: readonly Readonly<Record<string, FieldState>>[];
  /** Message at a cell. */
  readonly error: (row: number, column: string) => string | undefined;
  /** A new row with its defaults. */
  readonly newRow: () => EditRow;
}

export const TableScopeContext = createContext<TableScope>({
  states: [],
  error: () => undefined,
  newRow: () => ({ key: "", values: {} }),
});
