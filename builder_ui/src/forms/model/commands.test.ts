import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as commands from "./commands";
import type { FormDocument } from "./document";
import { record, redo, start, undo } from "./history";
import { freeKey, isFreeKey, isKey, keyFromLabel, RESERVED } from "./keys";
import { labelIn, withLabel } from "./label";

const document: FormDocument = {
  key: "deal",
  label: "Deal",
  title: "{name}",
  fields: {
    name: { type: "text", label: "Name" },
    amount: { type: "money", label: "Amount" },
    lines: {
      type: "subtable",
      label: "Lines",
      fields: { qty: { type: "number", label: "Qty" }, price: { type: "money", label: "Price" } },
    },
  },
  layout: [{ group: "Basics", items: ["name", "amount"] }, "lines"],
};

describe("edits of a form", () => {
  it("add a field with its definition and its place", () => {
    const place = { parent: [0], index: 2, side: "row" } as const;

    const after = commands.addField(document, "budget", { type: "select", label: "Budget" }, 4, place);

    expect(after.fields["budget"]).toEqual({ type: "select", label: "Budget" });
    expect(after.layout?.[0]).toEqual({
      group: "Basics",
      items: ["name", "amount", { field: "budget", span: 12 }],
    });
  });

  it("take a field off the sheet without forgetting it", () => {
    const after = commands.unplaceField(document, "amount");

    expect(commands.unplacedFields(after)).toEqual(["amount"]);
  });

  it("delete a field with its definition", () => {
    const after = commands.remove(document, [0, 1]);

    expect(Object.keys(after.fields)).toEqual(["name", "lines"]);
  });

  it("leave no trace of a property that is back at its default", () => {
    const required = commands.setField(document, { field: "name" }, { required: true });
    const back = commands.setField(required, { field: "name" }, { required: undefined });

    expect(back).toEqual(document);
  });

  it("carry a new key into place and title, in the same order", () => {
    const after = commands.renameKey(document, "name", "subject");

    expect(Object.keys(after.fields)).toEqual(["subject", "amount", "lines"]);
    expect(after.title).toBe("{subject}");
    expect(after.layout?.[0]).toEqual({ group: "Basics", items: ["subject", "amount"] });
  });

  it("order the columns of a sub-table", () => {
    const after = commands.moveSubfield(document, "lines", "price", -1);

    expect(Object.keys(after.fields["lines"]?.fields ?? {})).toEqual(["price", "qty"]);
  });

  it("do not change the document they start from", () => {
    const before = structuredClone(document);

    commands.remove(document, [0]);
    commands.move(document, [0, 0], { parent: [], index: 2, side: "row" });

    expect(document).toEqual(before);
  });
});

describe("history", () => {
  it("goes back and forth between states", () => {
    const first = record(start("a"), { key: "one" }, "b");
    const second = record(first, { key: "two" }, "c");

    expect(undo(second).present).toBe("b");
    expect(redo(undo(undo(second))).present).toBe("b");
  });

  it("joins edits of one box into one step", () => {
    const typed = ["b", "bu", "bud"].reduce(
      (history, text) => record(history, { key: "label" }, text, "label"),
      start("a"),
    );

    expect(typed.past).toHaveLength(1);
    expect(undo(typed).present).toBe("a");
  });

  it("forgets what was undone once something else is done", () => {
    const branched = record(undo(record(start("a"), { key: "one" }, "b")), { key: "two" }, "c");

    expect(branched.future).toEqual([]);
  });

  it("keeps no step for an edit that changed nothing", () => {
    expect(record(start("a"), { key: "none" }, "a").past).toEqual([]);
  });
});

describe("keys", () => {
  it.each([
    ["竞品", "jing_pin"],
    ["预计毛利", "yu_ji_mao_li"],
    ["Budget (EUR)", "budget_eur"],
    ["2024 年预算", "nian_yu_suan"],
    ["SCADA 接入", "scada_jie_ru"],
    ["！？", ""],
  ])("are made from the label %s", (label, key) => {
    expect(keyFromLabel(label)).toBe(key);
  });

  it("are no longer than forty characters and end with a whole word", () => {
    const key = keyFromLabel("这是一个非常非常长的字段名称超过了四十个字符");

    expect(key.length).toBeLessThanOrEqual(40);
    expect(isKey(key)).toBe(true);
  });

  it("are never words that the engine reserves", () => {
    const engine = readFileSync(join(import.meta.dirname, "../../../../engine/keys.py"), "utf8");
    const lists = engine.slice(engine.indexOf("FEEL_KEYWORDS"), engine.indexOf("WRITABLE_SYSTEM_FIELDS"));
    const words = [...lists.matchAll(/"([a-z_]+)"/g)]
      .map((match) => match[1])
      .filter((word) => word !== "stage");

    expect([...RESERVED].sort()).toEqual(words.sort());
    expect(isFreeKey("owner")).toBe(false);
  });

  it("get a number when taken", () => {
    expect(freeKey("amount", ["amount", "amount_2"])).toBe("amount_3");
  });
});

describe("labels", () => {
  it("stay one text until the second language says something else", () => {
    expect(withLabel("金额", "zh-CN", "总额")).toBe("总额");
    expect(withLabel("金额", "en", "Amount")).toEqual({ "zh-CN": "金额", en: "Amount" });
  });

  it("lose a language that is emptied", () => {
    expect(withLabel({ "zh-CN": "金额", en: "Amount" }, "en", "")).toEqual({ "zh-CN": "金额" });
    expect(labelIn({ "zh-CN": "金额" }, "en")).toBe("");
  });
});
