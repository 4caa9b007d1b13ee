/** What came of a dry run, counted and chosen from. */
import type { DryRun, Foreseen } from "./run";

export type Filter = "all" | "fires" | "otherwise" | "idle" | "failed" | "changed";

const KEPT: Readonly<Record<Filter, (one: Foreseen) => boolean>> = {
  all: () => true,
  fires: ({ reason }) => reason === "fires",
  otherwise: ({ reason }) => reason === "otherwise",
  idle: ({ reason }) => reason === "condition" || reason === "values" || reason === "event",
  failed: ({ reason }) => reason === "failed",
  changed: (one) => differs(one),
};

/** Whether publishing changes what the rule makes of the record: its condition holds for more, or for fewer. */
export function differs({ reason, before }: Foreseen): boolean {
  return before !== null && (before === "fires") !== (reason === "fires");
}

export interface Counts {
  readonly fires: number;
  readonly otherwise: number;
  readonly failed: number;
  /** Records on which the condition would hold and does not now, and the other way round. */
  readonly more: number;
  readonly less: number;
}

export function countsOf({ items }: DryRun): Counts {
  const changed = items.filter(differs);
  const more = changed.filter(KEPT.fires).length;
  return {
    fires: items.filter(KEPT.fires).length,
    otherwise: items.filter(KEPT.otherwise).length,
    failed: items.filter(KEPT.failed).length,
    ...{ more, less: changed.length - more },
  };
}

/** The filters that choose something; everything always. */
export function seen({ items }: DryRun): Filter[] {
  const all: Filter[] = ["all", "fires", "otherwise", "idle", "failed", "changed"];
  return all.filter((filter) => filter === "all" || items.some(KEPT[filter]));
}

/** The rows of a filter, and the one that was chosen in any case. */
export function shownWith(items: readonly Foreseen[], filter: Filter, chosen: number | null): Foreseen[] {
  return items.filter((one) => KEPT[filter](one) || one.record === chosen);
}
