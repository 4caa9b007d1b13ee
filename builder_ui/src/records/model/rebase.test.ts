import { expect, it } from "vitest";
import type { Value, Values } from "@/api";
import { basisOf, rebased } from "./rebase";

const row = (id: number, qty: number, note = "") => ({ id, values: { qty, note } });
const table = (...rows: unknown[]): Values => ({ lines: rows as Value });
const typed = (id: number, qty: number, note = "") => ({ ...row(id, qty, note), key: `row-${id}` });

it("goes on over a newer state without undoing what others did to other rows and fields", () => {
  const base = table(row(1, 1), row(2, 1), row(3, 1), row(4, 1));
  const mine = table(typed(1, 7), { key: "new-1", values: { qty: 9 } }, typed(3, 7), typed(4, 1));
  const now = table(row(1, 1, "theirs"), row(2, 5), row(8, 8));

  expect(rebased({ ...mine, name: "a" }, base, now)).toEqual({
    name: "a",
    lines: [
      typed(1, 7, "theirs"),
      { key: "new-1", values: { qty: 9 } },
      { key: "row-3", values: { qty: 7, note: "" } },
      typed(8, 8),
    ],
  });
});

it("remembers the rows of tables that were typed in, and nothing else", () => {
  expect(basisOf({ lines: [], name: "a" }, { ...table(row(1, 1)), other: [], name: "b" })).toEqual(
    table(row(1, 1)),
  );
});
