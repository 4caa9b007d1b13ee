import { describe, expect, it } from "vitest";
import {
  ACTIONS,
  actionsOf,
  grantOf,
  levelOf,
  withAction,
  withLevel,
  withRight,
  type RoleDocument,
} from "./role";

const role: RoleDocument = { key: "rep", label: "Rep", grants: [{ form: "deal", actions: ["*"] }] };

describe("a role", () => {
  it("that may create may also see, its own records at first", () => {
    const after = withAction(role, "leave", "create", true);

    expect(grantOf(after, "leave")).toEqual({
      form: "leave",
      actions: ["view", "create"],
      record_filter: "own",
    });
  });

  it("that may no longer see has no grant", () => {
    expect(withAction(role, "deal", "view", false).grants).toEqual([]);
  });

  it("writes all actions as a star and names them when one goes", () => {
    const less = withAction(role, "deal", "delete", false);

    expect(actionsOf(grantOf(less, "deal")).size).toBe(ACTIONS.length - 1);
    expect(grantOf(withAction(less, "deal", "delete", true), "deal")?.actions).toEqual(["*"]);
  });

  it("names only the fields that differ from the rest", () => {
    const hidden = withLevel(role, "deal", "cost", "hidden");
    const back = withLevel(hidden, "deal", "cost", "write");

    expect(grantOf(hidden, "deal")?.fields).toEqual({ "*": "write", cost: "hidden" });
    expect(levelOf(grantOf(withLevel(hidden, "deal", "*", "read"), "deal"), "name")).toBe("read");
    expect(grantOf(back, "deal")?.fields).toEqual({ "*": "write" });
  });

  it("keeps its rights in one order and writes none when there is none", () => {
    const both = withRight(withRight(role, "users", true), "builder", true);

    expect(both.rights).toEqual(["builder", "users"]);
    expect(withRight(withRight(both, "users", false), "builder", false)).toEqual(role);
  });
});
