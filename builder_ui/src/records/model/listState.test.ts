import { describe, expect, it } from "vitest";
import { effective, printListState, readListState, toggled } from "./listState";

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
