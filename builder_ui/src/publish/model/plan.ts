/** The publish plan as a ledger: what will happen, in order of danger (contract of `POST /publish?plan=1`). */
import type { DefinitionSummary, Problem } from "@/api";
import { label, type Label } from "@/i18n";

export interface PlanItem {
  readonly kind: string;
  readonly definition?: DraftRef;
  readonly form?: string | null;
  /** Key of the field; `lines.amount` is a column of a sub-table. */
  readonly field?: string | null;
  readonly label?: Label;
  readonly type?: string | null;
  /** The server's sentence about it. */
  readonly detail?: string | null;
  readonly rows_at_risk?: number | null;
  readonly danger?: "none" | "attention" | "blocking";
  /** Where it is stored, for who keeps the database. */
  readonly physical?: string | null;
}

export interface Plan {
  readonly items: readonly PlanItem[];
  readonly columns_added: number;
  readonly blocked: boolean;
}

export interface PublishAnswer {
  readonly plan: Plan;
  readonly problems: readonly Problem[];
  readonly versions?: readonly { kind: string; key: string; version: number }[];
}

export interface DraftRef {
  readonly kind: string;
  readonly key: string;
}

/** The blocks of the ledger, most dangerous first. */
export const BLOCKS = ["broken", "retype", "unmap", "table", "add", "index", "running", "metadata"] as const;
export type BlockName = (typeof BLOCKS)[number];

const BLOCK_OF: Readonly<Record<string, BlockName>> = {
  broken_reference: "broken",
  retype_column: "retype",
  unmap_column: "unmap",
  add_table: "table",
  add_column: "add",
  add_index: "index",
  running_processes: "running",
  metadata: "metadata",
};

export interface Block {
  readonly name: BlockName;
  readonly items: readonly PlanItem[];
}

export function blocksOf({ items }: Plan): Block[] {
  return BLOCKS.flatMap((name) => {
    const own = items.filter((item) => (BLOCK_OF[item.kind] ?? "metadata") === name);
    return own.length > 0 ? [{ name, items: own }] : [];
  });
}

/** How the machine calls what a line is about: the key, its type, the column where there is one. */
export function technical({ definition, form, field, type, physical }: PlanItem): string {
  const ref = definition ? refText(definition) : "";
  const key = [form, field].filter(Boolean).join(".") || ref;
  return [key, type, physical].filter(Boolean).join(" · ");
}

/** Verdict of a block: what it does to the mark in the margin. */
export function verdictOf({ name, items }: Block): "ok" | "attention" | "blocking" {
  if (items.some(({ danger }) => danger === "blocking") || name === "broken") return "blocking";
  return items.some(({ danger }) => danger === "attention") ? "attention" : "ok";
}

/** The numbers of the first sentence, without those that are zero. */
export function countsOf(plan: Plan): readonly { key: string; count: number }[] {
  const of = (kind: string) => plan.items.filter((item) => item.kind === kind).length;
  const rows = plan.items.reduce((sum, { rows_at_risk }) => sum + (rows_at_risk ?? 0), 0);
  const counts = [
    { key: "tables", count: of("add_table") },
    { key: "columns", count: plan.columns_added },
    { key: "retyped", count: of("retype_column") },
    { key: "unmapped", count: of("unmap_column") },
    { key: "indexes", count: of("add_index") },
    { key: "rows", count: rows },
    { key: "broken", count: of("broken_reference") },
  ];
  return counts.filter(({ count }) => count > 0);
}

export function isError({ severity }: Problem): boolean {
  return severity === undefined || severity === "error";
}

/** Why publishing is not possible yet, as a text key with parameters; undefined when it is. */
export function obstacle(
  chosen: number,
  answer: PublishAnswer | undefined,
): { key: string; params?: Readonly<Record<string, number>> } | undefined {
  if (chosen === 0) return { key: "publish.obstacle.none-chosen" };
  if (answer === undefined) return { key: "publish.obstacle.computing" };
  const errors = answer.problems.filter(isError).length;
  if (errors > 0) return { key: "publish.obstacle.errors", params: { count: errors } };
  return answer.plan.blocked ? { key: "publish.obstacle.blocked" } : undefined;
}

/** The key of a definition in a list of chosen ones. */
export function refText({ kind, key }: DraftRef): string {
  return `${kind}/${key}`;
}

/** The name people know a definition by. */
export function nameOf(all: readonly DefinitionSummary[], ref: DraftRef): string {
  return label(all.find((one) => refText(one) === refText(ref))?.label, ref.key);
}
