import { describe, expect, it } from "vitest";
import { currentView, effective, printListState, readListState, toggled } from "./listState";

describe("list state", () => {
  it("survives the address bar", () => {
    const state = {
      view: "mine",
      where: 'stage = "won" and amount > 5',
      sort: [
        { field: "amount", descending: true },
        { field: "name", descending: false },
      ],
      search: "华东 & co",
    };

    expect(readListState(new URLSearchParams(printListState(state).toString()))).toEqual(state);
  });

  it("keeps a cleared filter apart from the view's own", () => {
    const view = { key: "mine", label: "", where: "a = 1", sort: "-amount" };
    const bare = { view: "mine", where: null, sort: null, search: "" };

    expect(effective(bare, view)).toEqual({ where: "a = 1", sort: [{ field: "amount", descending: true }] });
    expect(effective({ ...bare, where: "", sort: [] }, view)).toEqual({ where: "", sort: [] });
  });

  it("begins with the view of all records where the form has one", () => {
    const won = { key: "won", label: "", where: "a = 1" };
    const all = { key: "all", label: "", where: "" };

    expect(currentView([won, all], null)).toBe(all);
    expect(currentView([won, all], "won")).toBe(won);
    expect(currentView([won], null)).toBeUndefined();
  });

  it("walks ascending, descending, unsorted", () => {
    const once = toggled([], "name");
    const twice = toggled(once, "name");

    expect([once, twice, toggled(twice, "name")]).toEqual([
      [{ field: "name", descending: false }],
      [{ field: "name", descending: true }],
      [],
    ]);
  });
});
