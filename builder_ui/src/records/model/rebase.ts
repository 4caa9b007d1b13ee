import type { SubRow, Value, Values } from "@/api";
import { rowsOf } from "./conflict";

interface Row extends SubRow {
  key: string;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/**
 * What was typed over `base`, to go on with over `now`: rows that others added stay, those they removed go unless they
 * were changed here, and of the others only what was typed is taken.
 */
export function rebased(typed: Values, base: Values, now: Values): Values {
  const tables = Object.keys(base).filter((key) => key in typed);
  const rows = tables.map((key) => [
    key,
    rebasedRows(rowsOf(typed[key]) as Row[], rowsOf(base[key]), rowsOf(now[key])) as unknown as Value,
  ]);
  return { ...typed, ...Object.fromEntries(rows) };
}

function rebasedRows(typed: readonly Row[], base: readonly SubRow[], now: readonly SubRow[]): Row[] {
  const before = new Map(base.map((row) => [row.id, row]));
  const stored = new Map(now.map((row) => [row.id, row]));
  const kept = typed.flatMap((row) => goOn(row, before.get(row.id), stored.get(row.id)));
  const added = now.filter(({ id }) => !before.has(id)).map((row) => ({ ...row, key: `row-${row.id}` }));
  return [...kept, ...added];
}

function goOn(row: Row, before: SubRow | undefined, stored: SubRow | undefined): Row[] {
  if (row.id === undefined) return [row];
  const mine = Object.entries(row.values).filter(([key, value]) => !same(value, before?.values[key]));
  if (stored) return [{ ...row, values: { ...stored.values, ...Object.fromEntries(mine) } }];
  return mine.length > 0 ? [{ key: row.key, values: row.values }] : [];
}

/** Of a record's values those whose rows must be known to go on later: the sub-tables among what was typed. */
export function basisOf(typed: Values, seen: Values): Values {
  const tables = Object.entries(seen).filter(([key, value]) => key in typed && Array.isArray(value));
  return Object.fromEntries(tables);
}
