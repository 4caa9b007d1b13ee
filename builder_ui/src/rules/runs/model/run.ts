/** What rules did, and what they would make of a record: as the server tells it to who asks. */
import type { Problem } from "@/api";
import type { Label } from "@/i18n";

/** A sub-expression and how it came out. Its text has labels for keys. */
export interface Part {
  readonly text: string;
  readonly value: unknown;
  /** False: the parts before had decided already. */
  readonly evaluated: boolean;
  /** What stands between the parts, if they are its operands. */
  readonly joint: "" | "and" | "or";
  readonly omitted: number;
  readonly parts: readonly Part[];
}

export interface Read {
  readonly path: string;
  readonly label: string;
  /** Before the event. */
  readonly old: boolean;
  readonly value: unknown;
}

export interface Done {
  readonly action: number;
  readonly words: readonly { readonly code: string; readonly text: string }[];
}

export type RunState = "done" | "skipped" | "failed" | "cut" | "deferred";
export type Reason = "fires" | "otherwise" | "condition" | "event" | "values" | "failed";

export interface Run {
  readonly id: number;
  readonly rule: string;
  readonly label: Label;
  readonly version: number;
  readonly event: string;
  readonly form: string;
  readonly record: number | null;
  /** Null where the reader may not view the record. */
  readonly title: string | null;
  readonly at: string;
  readonly actor: { readonly id: number; readonly name: string };
  readonly depth: number;
  readonly state: RunState;
  readonly reason: Reason;
  readonly reads: readonly Read[];
  /** Something is left out that the reader may not see. */
  readonly closed: boolean;
  readonly problems: readonly Problem[];
  readonly actions: readonly Done[];
  readonly duration_us: number;
  readonly retry_of: number | null;
  readonly may_retry: boolean;
}

export interface WholeRun extends Run {
  readonly condition: Part | null;
}

export interface Foreseen {
  readonly record: number;
  readonly title: string;
  readonly reason: Reason;
  /** What the rule in force makes of it, where a draft was tried. */
  readonly before: Reason | null;
  readonly condition: Part | null;
  readonly reads: readonly Read[];
  readonly closed: boolean;
  readonly actions: readonly Done[];
  readonly problems: readonly Problem[];
}

export type Totals = Readonly<Partial<Record<Reason, number>>>;

export interface DryRun {
  readonly form: string;
  readonly items: readonly Foreseen[];
  readonly totals: Totals;
  readonly before: Totals | null;
}

/** The look of a verdict's dot. */
export function toneOfState(state: RunState): string {
  return { done: "ok", skipped: "ring", failed: "bad", cut: "warn", deferred: "warn" }[state];
}

export function toneOfReason(reason: Reason): string {
  if (reason === "fires") return "ok";
  if (reason === "otherwise") return "else";
  return reason === "failed" ? "bad" : "ring";
}

/** How long a run took, in the unit people read. */
export function durationText(micros: number): string {
  if (micros < 1000) return "< 1 ms";
  if (micros < 1_000_000) return `${Math.round(micros / 1000)} ms`;
  return `${(micros / 1_000_000).toFixed(1)} s`;
}
