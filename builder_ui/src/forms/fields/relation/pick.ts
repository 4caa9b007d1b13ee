/** `pick` and `fill` of a relation, as the document holds them. */
import type { FieldRender } from "@/api";
import type { FieldDocument } from "../../model/document";

export interface Pick {
  readonly columns?: readonly string[];
  readonly where?: string;
}

export type Fill = Readonly<Record<string, string>>;

export function pickOf(field: FieldDocument): Pick {
  return (field["pick"] ?? {}) as Pick;
}

/** With one part changed; undefined when nothing is left of it. */
export function withPick(field: FieldDocument, change: Pick): Pick | undefined {
  const { columns, where } = { ...pickOf(field), ...change };
  const next = { ...(columns?.length ? { columns } : {}), ...(where ? { where } : {}) };
  return Object.keys(next).length > 0 ? next : undefined;
}

/** Our field `own` takes their field `theirs`, or nothing any more; undefined when none is left. */
export function withFill(fill: Fill, own: string, theirs: string | undefined): Fill | undefined {
  const { [own]: _old, ...rest } = fill;
  const next = theirs === undefined ? rest : { ...fill, [own]: theirs };
  return Object.keys(next).length > 0 ? next : undefined;
}

/** What is entered can be filled; numbers that the system gives and formulas cannot (`engine/forms/fields/relation.py`). */
export function fillable({ type, computed }: FieldRender): boolean {
  return !computed && type !== "subtable" && type !== "auto_number";
}
