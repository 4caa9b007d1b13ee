import { describe, expect, it } from "vitest";
import { renameKey, renameSubfield } from "./commands";
import type { FormDocument } from "./document";

const document: FormDocument = {
  key: "leave",
  label: "Leave",
  fields: {
    days: { type: "number", label: "Days", formula: 'if reason = "days" then days(1) else days + old.days' },
    product: {
      type: "relation",
      label: "Product",
      to: "product",
      fill: { days: "days" },
      pick: { where: "days > record.days" },
    },
    lines: {
      type: "subtable",
      label: "Lines",
      visible: "sum(lines.qty) > days",
      fields: {
        qty: { type: "number", label: "Qty", default: "=days" },
        rest: { type: "number", label: "Rest", formula: "record.days - qty" },
      },
    },
  },
  checks: [
    { reject: 'starts with(reason, "d") and days < 1', at: "days", message: "x" },
    { unique: ["days"] },
  ],
  layout: [{ group: "A", visible: "days > 1", items: ["days", "product"] }, "lines"],
};

describe("a new key", () => {
  it("of a field is carried into everything that names it, and into nothing else", () => {
    const after = renameKey(document, "days", "length");

    expect(after.fields["length"]?.formula).toBe('if reason = "days" then days(1) else length + old.length');
    expect(after.fields["product"]).toMatchObject({
      fill: { length: "days" },
      pick: { where: "days > record.length" },
    });
    expect(after.fields["lines"]).toMatchObject({
      visible: "sum(lines.qty) > length",
      fields: { qty: { default: "=length" }, rest: { formula: "record.length - qty" } },
    });
    expect(after["checks"]).toEqual([
      { reject: 'starts with(reason, "d") and length < 1', at: "length", message: "x" },
      { unique: ["length"] },
    ]);
    expect(after.layout?.[0]).toEqual({ group: "A", visible: "length > 1", items: ["length", "product"] });
  });

  it("of a column is carried into its table and into what reads the table", () => {
    const after = renameSubfield(document, "lines", "qty", "pieces");

    expect(after.fields["lines"]).toMatchObject({
      visible: "sum(lines.pieces) > days",
      fields: { pieces: { type: "number" }, rest: { formula: "record.days - pieces" } },
    });
  });
});
