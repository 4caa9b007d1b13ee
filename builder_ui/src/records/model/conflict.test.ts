import { describe, expect, it } from "vitest";
import type { FieldRender, FormRender, Value, Values } from "@/api";
import { addedRows, conflictsOf, resolved, type Clash } from "./conflict";

const field = (key: string, more: Partial<FieldRender> = {}): FieldRender => ({
  key,
  type: "text",
  label: key,
  access: "write",
  computed: false,
  visible: true,
  required: false,
  readonly: false,
  props: {},
  ...more,
});
const product = field("product", { type: "relation", to: "product" });
const total = field("total", { type: "money", computed: true });
const lines = field("lines", {
  type: "subtable",
  fields: { product, qty: field("qty", { type: "number" }), total },
});
const form = { fields: { amount: field("amount"), name: field("name"), lines } } as unknown as FormRender;

const row = (id: number, qty: number) => ({ id, values: { product: { id: 9, title: "P" }, qty, total: 1 } });
const table = (...rows: unknown[]) => ({ lines: rows as unknown as Value });
const clash = (mine: unknown, base: Values, now: Values): Clash => ({
  mine: mine as Values,
  base,
  now,
  rev: 3,
  conflicts: [],
});

it("reads field, row, person and value from a refusal", () => {
  const at = "/values/lines";
  const problems = [
    { code: "records.conflict.field", message: "", params: { field: "amount", by: "唐一鸣", value: 5 } },
    { code: "records.conflict.row", message: "", at, params: { field: "lines", row: 4, by: "Su Wan" } },
    { code: "records.conflict.row-removed", message: "", at, params: { field: "lines", row: 5, by: "Su" } },
    { code: "records.held", message: "", params: { field: "amount" } },
  ];

  expect(conflictsOf(problems)).toEqual([
    { key: "amount", field: "amount", by: "唐一鸣", theirs: 5 },
    { key: "lines/4", field: "lines", by: "Su Wan", theirs: null, row: { id: 4, removed: false } },
    { key: "lines/5", field: "lines", by: "Su", theirs: null, row: { id: 5, removed: true } },
  ]);
});

describe("what is sent again", () => {
  it("is what is not given up", () => {
    expect(resolved(form, clash({ amount: 1, name: "a" }, {}, {}), new Set(["amount"]))).toEqual({
      name: "a",
    });
  });

  it("touches only rows that I changed or removed, and keeps those that others added", () => {
    const mine = { lines: { update: [{ id: 1, values: { qty: 7 } }], delete: [2], order: [3, 1] } };
    const now = table(row(1, 5), row(2, 5), row(3, 1), row(8, 1));
    const told = clash(mine, table(row(1, 1), row(2, 1), row(3, 1)), now);

    expect(resolved(form, told, new Set())).toEqual(mine);
    expect(resolved(form, told, new Set(["lines/2"]))).toEqual({
      lines: { update: [{ id: 1, values: { qty: 7 } }], order: [3, 1] },
    });
    expect(resolved(form, told, new Set(["lines/1", "lines/2", "lines"]))).toEqual({});
    expect(addedRows("lines", told).map(({ id }) => id)).toEqual([8]);
  });

  it("adds a row again that somebody removed and I keep, with all it held", () => {
    const mine = {
      lines: { create: [{ values: { qty: 2 } }], update: [{ id: 1, values: { qty: 7 } }], order: [-1, 1] },
    };
    const told = clash(mine, table(row(1, 1)), table());

    expect(resolved(form, told, new Set())).toEqual({
      lines: { create: [{ values: { qty: 2 } }, { values: { product: 9, qty: 7 } }], order: [-1, -2] },
    });
    expect(resolved(form, told, new Set(["lines/1"]))).toEqual({
      lines: { create: [{ values: { qty: 2 } }], order: [-1] },
    });
  });
});
