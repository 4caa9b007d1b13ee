/** Documents of navigation groups and shared views, and moving their lines. */
import type { Label } from "@/i18n";

export interface AppItemDocument {
  readonly form: string;
  readonly view?: string;
  readonly label?: NonNullable<Label>;
  readonly icon?: string;
}

export interface AppDocument {
  readonly key: string;
  readonly label: Label;
  readonly items: readonly AppItemDocument[];
}

export interface ViewDocument {
  readonly key: string;
  readonly label: Label;
  readonly form: string;
  readonly columns: readonly (string | { readonly field: string; readonly width?: number })[];
  readonly where?: string;
  readonly sort?: readonly string[];
}

/** The list with the entry at `index` one place up (-1) or down (1); the same list where it cannot go. */
export function movedBy<Item>(items: readonly Item[], index: number, by: -1 | 1): readonly Item[] {
  const item = items[index];
  if (item === undefined || items[index + by] === undefined) return items;
  return items.toSpliced(index, 1).toSpliced(index + by, 0, item);
}

export function columnKey(column: ViewDocument["columns"][number]): string {
  return typeof column === "string" ? column : column.field;
}

/** Without a condition or an order the property is not written. */
export function withoutEmpty(view: ViewDocument): ViewDocument {
  const { where, sort, ...rest } = view;
  return { ...rest, ...(where ? { where } : {}), ...(sort && sort.length > 0 ? { sort } : {}) };
}

export function sortOf(view: ViewDocument): { field: string; descending: boolean } {
  const [first = ""] = view.sort ?? [];
  return { field: first.replace(/^-/, ""), descending: first.startsWith("-") };
}
