import type { Task } from "@/api";
import { localDate } from "@/i18n";

export type GroupKey = "late" | "today" | "later" | "undated";

export interface TaskGroup {
  key: GroupKey;
  tasks: Task[];
}

const ORDER: readonly GroupKey[] = ["late", "today", "later", "undated"];

function groupOf(task: Task, now: Date): GroupKey {
  if (!task.due_at) return "undated";
  if (new Date(task.due_at) < now) return "late";
  return localDate(task.due_at) === localDate(now.toISOString()) ? "today" : "later";
}

function byTime(a: Task, b: Task): number {
  if (a.due_at && b.due_at && a.due_at !== b.due_at) return a.due_at < b.due_at ? -1 : 1;
  return a.arrived_at < b.arrived_at ? 1 : a.arrived_at > b.arrived_at ? -1 : b.id - a.id;
}

/** Open tasks by urgency: overdue, today, later, without a limit (newest arrival first). Empty groups are left out. */
export function grouped(tasks: readonly Task[], now: Date): TaskGroup[] {
  return ORDER.map((key) => ({
    key,
    tasks: tasks.filter((task) => groupOf(task, now) === key).sort(byTime),
  })).filter((group) => group.tasks.length > 0);
}
