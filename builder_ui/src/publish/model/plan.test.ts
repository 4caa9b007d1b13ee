import { describe, expect, it } from "vitest";
import { blocksOf, countsOf, obstacle, verdictOf, type Plan, type PublishAnswer } from "./plan";

const plan: Plan = {
  items: [
    { kind: "add_column", field: "rival" },
    { kind: "add_column", field: "margin" },
    { kind: "retype_column", field: "chance", rows_at_risk: 3, danger: "attention" },
    { kind: "broken_reference", field: "old", danger: "blocking" },
    { kind: "something_new" },
  ],
  columns_added: 2,
  blocked: true,
};
const answer = (parts: Partial<PublishAnswer> = {}): PublishAnswer => ({
  plan: { ...plan, blocked: false },
  problems: [],
  ...parts,
});
const problem = (severity: "error" | "warning") => ({ code: "x", message: "x", severity });

describe("the ledger", () => {
  it("stands in the order of danger, what is unknown last", () => {
    expect(blocksOf(plan).map(({ name }) => name)).toEqual(["broken", "retype", "add", "metadata"]);
  });

  it("gives each block its verdict", () => {
    expect(blocksOf(plan).map(verdictOf)).toEqual(["blocking", "attention", "ok", "ok"]);
  });

  it("counts what its first sentence says, without zeros", () => {
    expect(Object.fromEntries(countsOf(plan).map(({ key, count }) => [key, count]))).toEqual({
      columns: 2,
      retyped: 1,
      rows: 3,
      broken: 1,
    });
  });
});

describe("publishing waits", () => {
  it.each([
    ["for a choice", 0, answer(), "publish.obstacle.none-chosen"],
    ["for the plan", 1, undefined, "publish.obstacle.computing"],
    ["for errors to be corrected", 1, answer({ problems: [problem("error")] }), "publish.obstacle.errors"],
    ["for a plan that blocks", 1, answer({ plan }), "publish.obstacle.blocked"],
  ])("%s", (_, chosen, given, key) => {
    expect(obstacle(chosen, given)?.key).toBe(key);
  });

  it("for nothing when only warnings are left", () => {
    expect(obstacle(1, answer({ problems: [problem("warning")] }))).toBeUndefined();
  });
});
