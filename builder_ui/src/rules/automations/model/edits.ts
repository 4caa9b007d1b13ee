/** Changes of a rule's tree that the cards make. Each gives a new tree; what a card does not know stays as it was. */
import type { FieldRender } from "@/api";
import {
  formOfTree,
  isScheduleType,
  type Action,
  type Rule,
  type Score,
  type Tree,
  type Trigger,
  type TriggerType,
} from "./tree";

export type Branch = "do" | "otherwise";

export const EVENT_TYPES = [
  "Created",
  "Saved",
  "Changed",
  "Saving",
  "Deleted",
  "Button",
  "RelativeDate",
] as const satisfies readonly TriggerType[];
export const SCHEDULE_TYPES = [
  "EveryDay",
  "EveryWorkingDay",
  "EveryWeekday",
  "EveryMonth",
  "EveryMinutes",
  "Cron",
] as const satisfies readonly TriggerType[];

const MORNING = "09:00";

/** Fields with a date, which an event can be counted from. */
export function dateFields(fields: readonly FieldRender[]): readonly FieldRender[] {
  return fields.filter(({ type }) => type === "date" || type === "datetime");
}

/** A trigger of the kind as one usually means it; undefined where the form has no field for it. */
export function newTrigger(type: TriggerType, fields: readonly FieldRender[]): Trigger | undefined {
  const [dated] = dateFields(fields);
  switch (type) {
    case "RelativeDate":
      return (
        dated && {
          ...{ type, amount: 3, unit: "days", before: true, field: dated.key },
          at: dated.type === "date" ? MORNING : null,
        }
      );
    case "EveryDay":
    case "EveryWorkingDay":
      return { type, at: MORNING };
    case "EveryWeekday":
      return { type, days: [1], at: MORNING };
    case "EveryMonth":
      return { type, day: 1, at: MORNING };
    case "EveryMinutes":
      return { type, minutes: 60 };
    case "Cron":
      return { type, text: "0 9 * * 1-5" };
    default:
      return { type };
  }
}

/**
 * The tree woken by these triggers. A schedule has no record of its own: its form goes to `for each`, and comes
 * back with an event; the condition goes with it, for both are about the same records.
 */
export function withTriggers<T extends Tree>(tree: T, triggers: readonly Trigger[]): T {
  const scheduled = triggers.some(({ type }) => isScheduleType(type));
  const form = formOfTree(tree);
  if (form === undefined || scheduled === (tree.form === null)) return { ...tree, triggers };
  if (scheduled) {
    const where = whereOf(tree);
    return withoutWhere({ ...tree, triggers, form: null, for_each: { type: "ForEach", form, where } });
  }
  return withWhere({ ...tree, triggers, form, for_each: null }, tree.for_each?.where ?? null);
}

function whereOf(tree: Tree): string | null {
  return tree.type === "Rule" ? (tree.where ?? null) : null;
}

const withoutWhere = <T extends Tree>(tree: T): T => withWhere(tree, null);

function withWhere<T extends Tree>(tree: T, where: string | null): T {
  return tree.type === "Rule" ? { ...tree, where } : tree;
}

/** An event takes the place of another; a schedule stands alone. */
export function replaceTrigger<T extends Tree>(tree: T, at: number, trigger: Trigger): T {
  const triggers = tree.triggers ?? [];
  return withTriggers(tree, isScheduleType(trigger.type) ? [trigger] : triggers.toSpliced(at, 1, trigger));
}

export function removeTrigger<T extends Tree>(tree: T, at: number): T {
  return withTriggers(tree, (tree.triggers ?? []).toSpliced(at, 1));
}

/** The condition that cards show: of a schedule the one that chooses its records. */
export function conditionOf(tree: Rule | Score): string {
  if (tree.form === null && tree.for_each) return tree.for_each.where ?? "";
  return whereOf(tree) ?? "";
}

export function withCondition<T extends Tree>(tree: T, text: string): T {
  const where = text.trim() === "" ? null : text;
  if (tree.form === null && tree.for_each) return { ...tree, for_each: { ...tree.for_each, where } };
  return withWhere(tree, where);
}

export function actionsOf(tree: Tree, branch: Branch): readonly Action[] {
  if (branch === "do") return tree.do ?? [];
  return tree.type === "Rule" ? (tree.otherwise ?? []) : [];
}

export function withActions<T extends Tree>(tree: T, branch: Branch, actions: readonly Action[]): T {
  return { ...tree, [branch]: actions };
}
