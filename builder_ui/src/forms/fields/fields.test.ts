import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FieldRender, Value } from "@/api";
import { formatPhone } from "@/i18n";
import zh from "@/i18n/zh-CN";
import { parseDate, parseMoment } from "./date/entry";
import { operatorsOf } from "../../rules/model/conditions";
import { departmentLines } from "./department/tree";
import { fromWallClock, toWallClock } from "./datetime/zoned";
import { entryText, parseEntry, restingText } from "./number/entry";
import { filled } from "./relation/fill";
import { pickWhere } from "./relation/where";
import { FIELD_SPECS } from "./specs";

const HERE = import.meta.dirname;
const ENGINE = join(HERE, "../../../../engine/forms/fields");
const DOCS = join(HERE, "../../../../docs/reference/definitions.md");
const NOT_TYPES = ["__init__", "protocol", "reference", "written"];

const field = (type: keyof typeof FIELD_SPECS, props: Record<string, unknown> = {}): FieldRender => ({
  key: "x",
  type,
  label: "X",
  access: "write",
  computed: false,
  visible: true,
  required: false,
  readonly: false,
  props,
});

describe("the field types", () => {
  const names = readdirSync(ENGINE)
    .filter((file) => file.endsWith(".py"))
    .map((file) => file.slice(0, -3))
    .filter((name) => !NOT_TYPES.includes(name));

  it("are those of the engine", () => {
    expect(Object.keys(FIELD_SPECS).sort()).toEqual(names.sort());
  });

  it.each(Object.keys(FIELD_SPECS))(
    "%s has its folder with every part, and a name in the palette",
    (name) => {
      for (const file of ["spec.ts", "Input.tsx", "Cell.tsx", "settings.tsx"]) {
        expect(existsSync(join(HERE, name, file)), `${name}/${file}`).toBe(true);
      }
      expect(zh).toHaveProperty([`designer.item.${name}`]);
      const known = readFileSync(DOCS, "utf8").includes(`| \`${name}\` |`);
      expect(known, `docs/reference/definitions.md has no line for ${name}`).toBe(true);
      const operators = operatorsOf(name as keyof typeof FIELD_SPECS);
      expect(operators.length > 0 || name === "subtable", `conditions on ${name}`).toBe(true);
    },
  );

  it.each(Object.values(FIELD_SPECS))("$name makes a new field of its own type", ({ name, document }) => {
    expect(document("Label")).toMatchObject({ type: name, label: "Label" });
  });
});

describe("numbers", () => {
  it.each([
    ["1,286,400.50", 1286400.5],
    ["１２３", 123],
    ["¥ 99", 99],
    ["", null],
    ["abc", undefined],
    ["1234567890123456", undefined],
  ])("are read from %s", (text, number) => {
    expect(parseEntry(text)).toBe(number);
  });

  it("enter 13 percent for the stored 0.13, exactly", () => {
    expect(parseEntry("13", true)).toBe(0.13);
    expect(parseEntry("0.7 %", true)).toBe(0.007);
    expect(entryText(0.07, true)).toBe("7");
    expect(restingText(0.1325, {}, true)).toBe("13.25 %");
  });

  it.each([
    ["money", { scale: 2, min: 0 }, -1, "problem.min"],
    ["number", {}, 1.5, "problem.whole"],
    ["money", {}, 1.005, "problem.scale"],
    ["percent", { scale: 4, max: 1 }, 1.2, "problem.max"],
    ["number", {}, "abc", "problem.number"],
    ["percent", { scale: 4 }, 0.1325, undefined],
  ] as const)("of type %s with %j refuse %j as %s", (type, props, value, key) => {
    expect(FIELD_SPECS[type].check(field(type, props), value as Value)?.key).toBe(key);
  });
});

describe("texts", () => {
  it("count characters as people do", () => {
    expect(FIELD_SPECS.text.check(field("text", { max: 2 }), "🎉🎉")).toBeUndefined();
    expect(FIELD_SPECS.text.check(field("text", { max: 2 }), "三个字")?.key).toBe("problem.length");
  });
});

describe("texts in a known notation", () => {
  it.each([
    ["email", {}, "Zhang@Example.com", undefined],
    ["email", {}, "zhang@", "problem.email"],
    ["phone", {}, "+86 138-0013-8000", undefined],
    ["phone", {}, "(0571) 8877 6655 转 802", undefined],
    ["phone", {}, "+1 (415) 555-2671", undefined],
    ["phone", {}, "call me", "problem.phone"],
    ["phone", { mobile: true }, "138 0013 8000", undefined],
    ["phone", { mobile: true }, "95588", "problem.mobile"],
    ["url", {}, "example.com/a", undefined],
    ["url", {}, "javascript:alert(1)", "problem.url"],
    ["url", {}, "ftp://example.com", "problem.url"],
    ["id_number", {}, "11010519491231002x", undefined],
    ["id_number", {}, "110105194912310021", "problem.check-digit"],
    ["id_number", {}, "1234", "problem.id_number"],
    ["credit_code", {}, "9111 0000 8021 0043 3b", undefined],
    ["credit_code", {}, "911100008021004330", "problem.check-digit"],
    ["credit_code", {}, "I1110000802100433B", "problem.credit_code"],
  ] as const)("of type %s with %j and %s are judged as %s", (type, props, value, key) => {
    expect(FIELD_SPECS[type].check(field(type, props), value)?.key).toBe(key);
  });

  it.each([
    ["13800138000", "138 0013 8000"],
    ["057188776655x802", "0571-88776655-802"],
    ["4008001234", "400-800-1234"],
    ["+14155552671", "+1 415 555 2671"],
    ["+85291234567", "+852 9123 4567"],
    ["+442079460958", "+44 207 946 0958"],
    ["95588", "95588"],
    ["138****8000", "138****8000"],
  ])("show %s as %s", (stored, shown) => {
    expect(formatPhone(stored)).toBe(shown);
  });
});

describe("dates", () => {
  const today = new Date("2026-11-24T00:00:00Z");

  it.each([
    ["2026-01-31", "2026-01-31"],
    ["2026/1/5", "2026-01-05"],
    ["2026年1月5日", "2026-01-05"],
    ["20260105", "2026-01-05"],
    ["1-5", "2026-01-05"],
    ["2026-02-30", undefined],
    ["soon", undefined],
    ["", null],
  ])("are read from %s", (text, date) => {
    expect(parseDate(text, today)).toBe(date);
  });

  it("may have a time", () => {
    expect(parseMoment("2026-1-5 8:30", today)).toBe("2026-01-05T08:30");
    expect(parseMoment("2026-1-5", today)).toBe("2026-01-05T00:00");
    expect(parseMoment("2026-1-5 25:00", today)).toBeUndefined();
  });
});

describe("moments", () => {
  it("go to the user's clock and back", () => {
    const instant = "2026-01-31T08:00:00Z";

    expect(fromWallClock(toWallClock(instant))).toBe(instant);
  });
});

describe("relations", () => {
  it("copy fields of the picked record", () => {
    expect(filled({ price: "list_price", name: "title" }, { list_price: 12, other: 1 })).toEqual({
      price: 12,
      name: null,
    });
  });

  it("filter by the record on screen, never inside of texts", () => {
    const fields = { customer: field("relation"), day: field("date"), name: field("text") };
    const values = { customer: { id: 5, title: "A" }, day: "2026-01-31", name: "x" };

    expect(pickWhere('customer = record.customer and note != "record.name"', fields, values)).toBe(
      'customer = {id: 5} and note != "record.name"',
    );
    expect(pickWhere("due > record.day and c = record.customer.id", fields, values)).toBe(
      'due > date("2026-01-31") and c = 5',
    );
    expect(pickWhere("a = record.missing", fields, values)).toBe("a = null");
  });
});

describe("departments", () => {
  const all = [
    { id: 1, title: "HQ", parent: null },
    { id: 3, title: "East", parent: 2 },
    { id: 2, title: "Sales", parent: 1 },
  ];

  it("stand in the order of their tree", () => {
    expect(departmentLines(all, "").map(({ title, indent }) => `${indent} ${title}`)).toEqual([
      "0 HQ",
      "1 Sales",
      "2 East",
    ]);
  });

  it("are found by name with their parent as note", () => {
    expect(departmentLines(all, "eas")).toEqual([{ id: 3, title: "East", note: "Sales" }]);
  });
});
