import { describe, expect, it } from "vitest";
import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import type { FieldRender } from "@/api";
import { completeFrom } from "./completion";
import { namesOf, type FeelFunction } from "./symbols";
import { longestKnown, tokenizer } from "./tokens";

const FUNCTIONS: readonly FeelFunction[] = [
  { name: "date and time", signatures: ["date and time(from)"], description: "由文字得到时刻", example: "" },
  { name: "sum", signatures: ["sum(list)"], description: "求和", example: "sum(lines.price)" },
];
const field = (key: string, label: string, more: Partial<FieldRender> = {}) =>
  ({ key, label, type: "text", ...more }) as FieldRender;

const FIELDS = [
  field("customer", "客户", { to: "customer", type: "relation" }),
  field("lines", "明细", { type: "subtable", fields: { price: field("price", "单价") } }),
];
const NAMES = namesOf(FIELDS, { customer: [field("level", "等级")] });

describe("names", () => {
  it("are fields, columns and the fields of related records", () => {
    expect(NAMES.map((one) => `${one.name} ${one.label}`)).toEqual([
      "customer 客户",
      "customer.level 客户.等级",
      "lines 明细",
      "lines.price 明细.单价",
    ]);
  });

  it("are found by the longest known beginning", () => {
    const known = new Map(NAMES.map((one) => [one.name, one]));

    expect(longestKnown("lines.price.x", known)).toBe("lines.price");
    expect(longestKnown("amount", known)).toBeNull();
  });
});

describe("colours", () => {
  it("tell words, texts, numbers and functions with blanks apart", () => {
    const tokens = tokenizer(FUNCTIONS.map((one) => one.name))(
      'if lines.price > 1.5 then date and time("and") // x',
    );

    expect(tokens.map((token) => `${token.kind} ${token.text}`)).toEqual([
      "keyword if",
      "name lines.price",
      "number 1.5",
      "keyword then",
      "function date and time",
      'string "and"',
      "comment // x",
    ]);
  });
});

describe("completion", () => {
  const offered = (text: string) => {
    const state = EditorState.create({ doc: text });
    const result = completeFrom(NAMES, FUNCTIONS)(new CompletionContext(state, text.length, false));
    return result?.options.map((option) => option.label) ?? [];
  };

  it("finds a field by its label and by its key", () => {
    expect(offered("1 + 单价")).toEqual(["lines.price"]);
    expect(offered("customer.l")).toEqual(["customer.level"]);
  });

  it("finds a function by what it does", () => {
    expect(offered("求和")).toEqual(["sum()"]);
  });

  it("offers nothing where nothing is being written", () => {
    expect(offered("1 + ")).toEqual([]);
  });
});
