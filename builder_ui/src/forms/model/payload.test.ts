import { describe, expect, it } from "vitest";
import type { FieldRender, FormRender, Value, Values } from "@/api";
import { enteredValues } from "./payload";

function field(key: string, more: Partial<FieldRender> = {}): FieldRender {
  return {
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
  };
}

const form = {
  fields: {
    name: field("name"),
    note: field("note"),
    total: field("total", { type: "money", computed: true }),
    lines: field("lines", { type: "subtable", fields: { text: field("text") } }),
  },
} as unknown as FormRender;

const row = (id: number, text: string) => [{ key: `r${id}`, id, values: { text } }] as unknown as Value;

describe("what was entered over a record", () => {
  const start: Values = { name: "a", note: "n", total: 1, lines: row(7, "x") };

  it("holds changed fields and nothing that others may change meanwhile", () => {
    expect(enteredValues(form, { ...start, name: "b", total: 2 }, start)).toEqual({ name: "b" });
  });

  it("keeps the keys of changed rows and what was emptied", () => {
    const lines = row(7, "y");
    expect(enteredValues(form, { ...start, note: null, lines }, start)).toEqual({ note: null, lines });
  });

  it("is empty when everything stands as it stood", () => {
    expect(enteredValues(form, { ...start, lines: row(7, "x") }, start)).toEqual({});
  });
});
