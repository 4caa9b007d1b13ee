import { expect, it } from "vitest";
import type { Task } from "@/api";
import { setRegion } from "@/i18n";
import { grouped } from "./groups";

const NOW = new Date("2026-11-23T02:20:00Z");

function task(id: number, due: string | null, arrived = "2026-11-22T00:00:00Z"): Task {
  return { id, due_at: due, arrived_at: arrived } as Task;
}

it("groups by urgency in the person's zone, the nearest limit first", () => {
  setRegion("Asia/Shanghai", "CNY");
  const tasks = [
    task(1, "2026-11-25T00:00:00Z"),
    task(2, "2026-11-23T10:00:00Z"),
    task(3, "2026-11-23T01:00:00Z"),
    task(4, "2026-11-23T16:30:00Z"),
    task(5, "2026-11-23T06:00:00Z"),
  ];

  const groups = grouped(tasks, NOW).map((group) => [group.key, group.tasks.map((entry) => entry.id)]);

  expect(groups).toEqual([
    ["late", [3]],
    ["today", [5, 2]],
    ["later", [4, 1]],
  ]);
});

it("shows tasks without a limit by arrival, the newest first", () => {
  const tasks = [task(1, null, "2026-11-20T00:00:00Z"), task(2, null, "2026-11-21T00:00:00Z")];

  expect(grouped(tasks, NOW)[0]?.tasks.map((entry) => entry.id)).toEqual([2, 1]);
});
