import { describe, expect, it } from "vitest";
import { readOutput, readTests, writeTests } from "./cell";
import { styleOf, type Style } from "./style";
import { readBlock, writeBlock } from "./tsv";
import { outputFromTyped, testsFromTyped, typedFromOutput, typedFromTests } from "./typed";

const of = (type: string, more: object = {}): Style => ({
  ...styleOf({ type, allowed: "" }, undefined, "CNY"),
  ...more,
});
const NUMBER = of("number");
const PERCENT = of("number", { kind: "percent" });
const TEXT = of("string");
const DATE = of("date");
const BOOLEAN = of("boolean");
const GRADE: Style = {
  ...{ kind: "choice", currency: "CNY" },
  options: [
    { key: "a", label: "A 级" },
    { key: "b", label: "B 级" },
  ],
};

describe("a cell", () => {
  it.each([
    ["-", "any"],
    ["  ", "any"],
    ['"A", "B"', "tests"],
    ["not(1,2)", "tests"],
    ["(0.1..0.2]", "tests"],
    ["]1..5[", "tests"],
    ['< date("2026-01-31")', "tests"],
    ['@"P3D"', "tests"],
    ["null", "tests"],
    ["> 0 and < 5", "feel"],
    ["? in limits", "feel"],
    ["1 2", "feel"],
    ["not(", "feel"],
    ["amount * 2", "feel"],
  ])("%s is read as %s", (text, kind) => {
    expect(readTests(text).kind).toBe(kind);
  });

  it("keeps its meaning when it is written again", () => {
    for (const text of ['"A","\\"x\\""', "not(1,2)", "(0.1..0.2]", ">= 3", 'date("2026-01-31")', "true"])
      expect(writeTests(readTests(text))).toBe(text);
  });

  it("of an output is a value, a list of values, or FEEL", () => {
    expect(readOutput('"A"')).toEqual({ kind: "values", values: [{ kind: "string", text: "A" }] });
    expect(readOutput("[1, 2]").kind).toBe("values");
    expect(readOutput("null").kind).toBe("none");
    expect(readOutput("total * 0.1").kind).toBe("feel");
  });
});

describe("what is typed into an input", () => {
  it.each([
    ["", "-"],
    ["任意", "-"],
    ["10000", "10000"],
    [">10,000", "> 10000"],
    ["大于1万", "> 10000"],
    ["＞＝５", ">= 5"],
    ["10..20", "[10..20]"],
    ["1-5万", "[10000..50000]"],
    ["10~20", "[10..20]"],
    ["(10..20]", "(10..20]"],
    ["10 < … ≤ 20", "(10..20]"],
    ["1,2", "1,2"],
    ["100,000", "100000"],
    ["≠ 5", "not(5)"],
    ["空", "null"],
    ["-5", "-5"],
    ["= limit", "limit"],
    ["> limit", "> limit"],
  ])("%s of a number is %s", (typed, feel) => {
    expect(testsFromTyped(typed, NUMBER)).toBe(feel);
  });

  it.each([
    [PERCENT, "≤10%", "<= 0.1"],
    [PERCENT, "10-20%", "[0.1..0.2]"],
    [PERCENT, "10% < … ≤ 20%", "(0.1..0.2]"],
    [GRADE, "A 级、b", '"a","b"'],
    [GRADE, "不是 a", 'not("a")'],
    [GRADE, "新", '"新"'],
    [TEXT, "华东", '"华东"'],
    [TEXT, '"华东","华南"', '"华东","华南"'],
    [BOOLEAN, "是", "true"],
    [DATE, "2026/1/5", 'date("2026-01-05")'],
    [DATE, ">= 2026年3月1日", '>= date("2026-03-01")'],
    [DATE, "2026-01-01..2026-03-31", '[date("2026-01-01")..date("2026-03-31")]'],
  ])("is understood in its column: %#", (style, typed, feel) => {
    expect(testsFromTyped(typed, style)).toBe(feel);
  });

  it("comes back to the same cell through a spreadsheet", () => {
    const cells: readonly (readonly [Style, string])[] = [
      ...["-", "> 10000", "[10..20]", "(10..20]", "1,2", "not(5)", "null", "? > limit"].map(
        (one) => [NUMBER, one] as const,
      ),
      ...["<= 0.125", "(0.1..0.2]"].map((one) => [PERCENT, one] as const),
      ...['"a","b"', 'not("a")', '"x, y"', '"大于"'].map((one) => [GRADE, one] as const),
      ...['"华东"', '"1、2"', '"-"', '"null"'].map((one) => [TEXT, one] as const),
      ...['date("2026-01-31")', '< date("2026-01-31")'].map((one) => [DATE, one] as const),
    ];

    for (const [style, feel] of cells)
      expect(testsFromTyped(typedFromTests(readTests(feel), style), style), feel).toBe(feel);
  });
});

describe("what is typed into an output", () => {
  it.each([
    [TEXT, "直属主管", '"直属主管"'],
    [TEXT, '"x"', '"x"'],
    [TEXT, "=name + 1", "name + 1"],
    [TEXT, "", ""],
    [NUMBER, "1.5万", "15000"],
    [NUMBER, "total * 0.1", "total * 0.1"],
    [GRADE, "B 级", '"b"'],
    [BOOLEAN, "否", "false"],
  ])("is a value of its column: %#", (style, typed, feel) => {
    expect(outputFromTyped(typed, style)).toBe(feel);
    expect(outputFromTyped(typedFromOutput(readOutput(feel), style), style)).toBe(feel);
  });
});

describe("a block of cells", () => {
  it("is read as spreadsheets write it", () => {
    expect(readBlock('a\tb\r\n"x\ty"\t"say ""hi"""\r\n')).toEqual([
      ["a", "b"],
      ["x\ty", 'say "hi"'],
    ]);
    expect(readBlock("1\t\n\t2")).toEqual([
      ["1", ""],
      ["", "2"],
    ]);
    expect(readBlock("≤ 5")).toEqual([["≤ 5"]]);
  });

  it("survives writing and reading", () => {
    const block = [
      ['"quoted"', "tab\there"],
      ["line\nbreak", ""],
    ];

    expect(readBlock(writeBlock(block))).toEqual(block);
  });
});
