import { describe, expect, it } from "vitest";
import type { DefinitionSummary } from "@/api";
import { newKey } from "@/forms";
import { firstDocument, mayBeCalled, takenKeys } from "./kinds";

const defined = (kind: string, key: string): DefinitionSummary => ({
  kind,
  key,
  label: key,
  version: 1,
  draft: false,
});

describe("a new definition", () => {
  it.each([
    ["销售订单", "form", "xiao_shou_ding_dan"],
    ["请假单", "form", "qing_jia_dan_2"],
    ["Department", "form", "department_form"],
    ["2026", "view", "view"],
    ["😀", "role", "role"],
  ] as const)("called %s gets the key of a %s: %s", (name, kind, key) => {
    const taken = takenKeys(kind, [defined("form", "qing_jia_dan"), defined("role", "xiao_shou_ding_dan")]);

    expect(newKey(name, kind, taken)).toBe(key);
    expect(mayBeCalled(kind, key)).toBe(true);
  });

  it("gets a key of at most 40 characters, with the number too", () => {
    const long = "关于销售合同与采购订单以及其他业务单据";
    const first = newKey(long, "form", []);
    const second = newKey(long, "form", [first]);

    expect([first.length <= 40, second.length <= 40, mayBeCalled("form", second)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("starts with its name in the language of who made it", () => {
    const texts = { language: "zh-CN", name: "请假单", firstField: "名称" };

    expect(firstDocument("form", "leave", texts)).toMatchObject({
      label: { "zh-CN": "请假单" },
      fields: { name: { type: "text", required: true } },
    });
    expect(firstDocument("view", "mine", texts, "leave")).toMatchObject({ form: "leave", columns: [] });
  });
});
