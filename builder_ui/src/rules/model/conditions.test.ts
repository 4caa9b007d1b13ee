import { describe, expect, it } from "vitest";
import type { FieldTypeName } from "@/api";
import { count, type Condition, type Group, type Operand, type Operator } from "./conditions";
import { printConditions, type TypeOf } from "./print";
import { readConditions, readReasoned } from "./read";

const TYPES: Record<string, FieldTypeName> = {
  name: "text",
  amount: "money",
  rate: "percent",
  close_date: "date",
  created_at: "datetime",
  stage: "select",
  customer: "relation",
  "record.customer": "relation",
  started_on: "date",
  owner: "member",
  active: "checkbox",
};
const typeOf = (field: string) => TYPES[field];
const text = (value: string): Operand => ({ kind: "text", text: value });
const number = (value: string): Operand => ({ kind: "number", text: value });
const is = (field: string, operator: Operator, ...operands: Operand[]): Condition => ({
  kind: "condition",
  field,
  operator,
  operands,
});
const all = (...items: Group["items"]): Group => ({ kind: "group", any: false, items });
const any = (...items: Group["items"]): Group => ({ kind: "group", any: true, items });

const PAIRS: [string, Group][] = [
  ['stage in ("won", "lost")', all(is("stage", "any_of", text("won"), text("lost")))],
  ['stage = "won"', all(is("stage", "any_of", text("won")))],
  ['not(stage in ("won", "lost"))', all(is("stage", "none_of", text("won"), text("lost")))],
  ['contains(name, "a \\"quoted\\" word")', all(is("name", "contains", text('a "quoted" word')))],
  ['starts with(name, "and or")', all(is("name", "starts_with", text("and or")))],
  [
    "amount >= 100000.50 and rate < 0.13",
    all(is("amount", "ge", number("100000.50")), is("rate", "lt", number("0.13"))),
  ],
  [
    "amount between 1 and 5 and active = true",
    all(is("amount", "between", number("1"), number("5")), is("active", "yes")),
  ],
  ["customer.id in (7, 9)", all(is("customer", "any_of", number("7"), number("9")))],
  ["owner.id = user.id", all(is("owner", "me"))],
  ["close_date = null or close_date != null", any(is("close_date", "empty"), is("close_date", "filled"))],
  ['close_date >= today() - duration("P7D")', all(is("close_date", "ge", { kind: "days", days: -7 }))],
  ["close_date <= today()", all(is("close_date", "le", { kind: "days", days: 0 }))],
  ['close_date = date("2026-01-31")', all(is("close_date", "is", { kind: "date", date: "2026-01-31" }))],
  [
    'created_at >= date and time("2026-01-31T00:00:00")',
    all(is("created_at", "ge", { kind: "date", date: "2026-01-31" })),
  ],
  ["close_date < started_on", all(is("close_date", "lt", { kind: "field", path: "started_on" }))],
  ["customer = record.customer", all(is("customer", "same", { kind: "field", path: "record.customer" }))],
  [
    'active = true and (amount > 5 or stage = "won")',
    all(is("active", "yes"), any(is("amount", "gt", number("5")), is("stage", "any_of", text("won")))),
  ],
  [
    '(active = true and amount < -3) or stage = "won"',
    any(all(is("active", "yes"), is("amount", "lt", number("-3"))), is("stage", "any_of", text("won"))),
  ],
];

describe("conditions and FEEL", () => {
  it.each(PAIRS)("prints %s", (feel, tree) => {
    expect(printConditions(tree, typeOf)).toBe(feel);
  });

  it.each(PAIRS)("reads %s back", (feel, tree) => {
    expect(readConditions(feel, typeOf)).toEqual(tree);
  });

  it("reads and binding closer than or without parentheses", () => {
    const tree = readConditions('stage = "won" or active = true and amount > 5', typeOf);

    expect(tree).toEqual(
      any(is("stage", "any_of", text("won")), all(is("active", "yes"), is("amount", "gt", number("5")))),
    );
  });

  it("reads a switch by its bare name", () => {
    expect(readConditions("active and not(active)", typeOf)).toEqual(
      all(is("active", "yes"), is("active", "no")),
    );
  });

  it.each([
    ["amount > 5 and", { why: "unfinished", text: "" }],
    ["amunt > 5", { why: "unknown", text: "amunt" }],
    ['customer.level = "A"', { why: "path", text: "customer.level" }],
    ["sum(lines.amount) > 5", { why: "call", text: "sum" }],
    ["amount > lower(5)", { why: "call", text: "lower" }],
    ["amount + 2 > 5", { why: "other", text: "+" }],
    ["amount * 2 > 5", { why: "other", text: "*" }],
  ])("says what in %s it cannot show", (feel, obstacle) => {
    expect(readReasoned(feel, typeOf)).toEqual({ obstacle });
  });

  it("reads fields of a related record where they are offered", () => {
    const offered: TypeOf = (key) => (key === "customer.level" ? "select" : typeOf(key));
    const tree = all(is("customer.level", "none_of", text("A")), is("customer.level", "filled"));

    expect(readConditions('customer.level != "A" and customer.level != null', offered)).toEqual(tree);
    expect(printConditions(tree, offered)).toContain("customer.level");
  });

  it("reads an empty text as no conditions", () => {
    expect(readConditions("  ", typeOf)).toEqual(all());
  });

  it.each([
    "amount * 2 > 5",
    "unknown_field = 1",
    'customer.level = "A"',
    "sum(lines.amount) > 5",
    'stage = "won',
    "amount > 5 and",
    "(amount > 5",
    "amount > 5)",
    "owner.id > user.id",
    'created_at > date and time("2026-01-31T08:30:00")',
    "if active then 1 else 2",
  ])("leaves %s to the text editor", (feel) => {
    expect(readConditions(feel, typeOf)).toBeNull();
  });

  it("does not print unfinished comparisons and the groups they leave empty", () => {
    const tree = all(is("amount", "gt", number("")), any(is("stage", "any_of")), is("active", "no"));

    expect(printConditions(tree, typeOf)).toBe("active = false");
  });

  it("counts comparisons at every depth", () => {
    expect(count(all(is("active", "no"), any(is("active", "yes"), is("stage", "empty"))))).toBe(3);
  });
});
