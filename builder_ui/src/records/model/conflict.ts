import {
  isEmpty,
  type FieldRender,
  type FormRender,
  type Json,
  type Problem,
  type RowChanges,
  type SubRow,
  type Value,
  type Values,
} from "@/api";

/** Something that somebody else changed after the record was opened here: a field, or a row of a sub-table. */
export interface Conflict {
  /** Names the question; the field's key, with the row or `order` behind a stroke in a sub-table. */
  key: string;
  field: string;
  /** Who changed it; null when the server does not say. */
  by: string | null;
  theirs: Value;
  /** Id of the row; `removed` when it is not there any more. */
  row?: { id: number; removed: boolean };
}

/** What was to be saved, what it was typed over, and what is stored now. */
export interface Clash {
  mine: Values;
  base: Values;
  now: Values;
  rev: number;
  conflicts: readonly Conflict[];
}

const ROW = "records.conflict.row";
const REMOVED = "records.conflict.row-removed";

function nameOf(by: Json | undefined): string | null {
  if (typeof by === "string") return by;
  if (typeof by !== "object" || by === null || Array.isArray(by)) return null;
  const name = by["name"] ?? by["title"];
  return typeof name === "string" ? name : null;
}

/** What a 409 names. Empty when it refuses for another reason. */
export function conflictsOf(problems: readonly Problem[]): Conflict[] {
  return problems.flatMap(({ code, params }) => {
    const field = params?.["field"];
    const row = params?.["row"];
    if (typeof field !== "string" || !code.startsWith("records.conflict.")) return [];
    const told = { field, by: nameOf(params?.["by"]), theirs: params?.["value"] ?? null };
    if ((code === ROW || code === REMOVED) && typeof row === "number")
      return [{ ...told, key: `${field}/${row}`, row: { id: row, removed: code === REMOVED } }];
    return [{ ...told, key: field }];
  });
}

/** A table's rows; none where there is no list. */
export function rowsOf(value: Value | undefined): SubRow[] {
  return Array.isArray(value) ? (value as unknown as SubRow[]) : [];
}

export function rowChangesOf(value: Value | undefined): RowChanges {
  return typeof value === "object" && value !== null ? (value as unknown as RowChanges) : {};
}

/** Rows that others added meanwhile: they stay, whatever is chosen. */
export function addedRows(field: string, { base, now }: Pick<Clash, "base" | "now">): SubRow[] {
  const known = new Set(rowsOf(base[field]).map((row) => row.id));
  return rowsOf(now[field]).filter((row) => !known.has(row.id));
}

/** What is sent again, over what is stored now: my changes without what is given up. */
export function resolved(form: FormRender, clash: Clash, givenUp: ReadonlySet<string>): Values {
  const entries = Object.entries(clash.mine).flatMap(([key, value]): [string, Value][] => {
    const field = form.fields[key];
    if (field?.type !== "subtable") return givenUp.has(key) ? [] : [[key, value]];
    const changes = resolvedRows(field, clash, givenUp);
    return Object.keys(changes).length > 0 ? [[key, changes as unknown as Value]] : [];
  });
  return Object.fromEntries(entries);
}

/** Row operations that touch no row but those I changed, added or removed myself. */
function resolvedRows(table: FieldRender, clash: Clash, givenUp: ReadonlySet<string>): RowChanges {
  const { create = [], update = [], delete: removed = [], order } = rowChangesOf(clash.mine[table.key]);
  const base = new Map(rowsOf(clash.base[table.key]).map((row) => [row.id, row]));
  const stored = new Set(rowsOf(clash.now[table.key]).map((row) => row.id));
  const kept = (id: number) => !givenUp.has(`${table.key}/${id}`);
  const back = update.filter(({ id }) => kept(id) && !stored.has(id));
  const renamed = new Map(back.map(({ id }, at) => [id, -1 - create.length - at]));
  const parts = {
    create: [
      ...create,
      ...back.map(({ id, values }) => ({ values: { ...writable(table, base.get(id)), ...values } })),
    ],
    update: update.filter(({ id }) => kept(id) && stored.has(id)),
    delete: removed.filter((id) => kept(id) && stored.has(id)),
    // Rows that it does not name follow as they are.
    order: givenUp.has(table.key)
      ? []
      : (order ?? []).map((id) => renamed.get(id) ?? id).filter((id) => id < 0 || stored.has(id)),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part.length > 0));
}

/** What a new row like this one sends; references travel as ids. */
function writable(table: FieldRender, row: SubRow | undefined): Values {
  const columns = Object.values(table.fields ?? {}).filter(
    ({ key, access, computed, type }) =>
      access === "write" && !computed && type !== "auto_number" && !isEmpty(row?.values[key]),
  );
  return Object.fromEntries(columns.map(({ key }) => [key, idOf(row?.values[key] ?? null)]));
}

function idOf(value: Value): Value {
  return typeof value === "object" && value !== null && "id" in value ? (value as { id: number }).id : value;
}
