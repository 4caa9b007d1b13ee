import { beforeAll, describe, expect, it } from "vitest";
import { loadTexts } from "@/i18n";
import { countsOf, differs, seen, shownWith } from "./dry";
import { bare, cellText, columnsOf, decisive, partIn, said, valuesIn, valueText, verdictOf } from "./parts";
import { durationText, type Foreseen, type Part, type Reason } from "./run";

const part = (text: string, value: unknown, parts: Part[] = [], joint: Part["joint"] = ""): Part => ({
  ...{ text, value, parts, joint },
  ...{ evaluated: true, omitted: 0 },
});
const amount = part("金额 >= 500000", true, [part("金额", 600000)]);
const stage = part('阶段 in ("方案", "谈判")', false, [part("阶段", "赢单")]);
const level = part('客户.等级 = "A"', null, [part("客户.等级", null, [part("客户", "苏州澄湖")])]);
const met = part("not(已见)", false, [part("已见", true)]);
const rest = part('签单 - today() <= duration("P14D")', false, [
  part("签单 - today()", "P54D", [part("签单", "2027-01-18"), part("today()", "2026-11-25")]),
  part('duration("P14D")', "P14D"),
]);
const either = part("(a or b)", false, [met, rest], "or");
const untaken: Part = { ...stage, evaluated: false, value: null };

beforeAll(async () => {
  await loadTexts("runs");
});

describe("a condition in parts", () => {
  it("tells each verdict, and what was not looked at", () => {
    expect([amount, stage, level, untaken].map(verdictOf)).toEqual(["yes", "no", "unknown", "skipped"]);
  });

  it("names the values of fields and what was calculated, not what says itself", () => {
    expect(valuesIn(amount)).toEqual([{ text: "金额", value: 600000 }]);
    expect(valuesIn(level)).toEqual([{ text: "客户.等级", value: null }]);
    expect(valuesIn(met)).toEqual([{ text: "已见", value: true }]);
    expect(valuesIn(part("已见", true))).toEqual([]);
    expect(valuesIn(part("已见", null))).toEqual([{ text: "已见", value: null }]);
    expect(valuesIn(rest).map(({ text }) => text)).toEqual(["签单", "today()", "签单 - today()"]);
  });

  it("finds the parts that kept it from holding, as deep as and and or go", () => {
    const whole = part("…", false, [amount, stage, either], "and");

    expect(decisive(whole)).toEqual([stage, met, rest]);
    expect(decisive(amount)).toEqual([]);
    expect(decisive(part("…", false, [amount, untaken], "and"))).toHaveLength(1);
  });

  it("is a column for each operand of the whole, in every record", () => {
    const whole = part("…", false, [amount, stage], "and");
    const one = foreseen(1, "condition", { condition: whole });

    expect(columnsOf([foreseen(2, "failed"), one])).toEqual([amount.text, stage.text]);
    expect(partIn(whole, stage.text)).toBe(stage);
    expect(partIn(amount, amount.text)).toBe(amount);
    expect(columnsOf([foreseen(2, "failed")])).toEqual([]);
    expect([cellText(amount), cellText(either)]).toEqual(["600,000", "已见 是、签单 2027-01-18"]);
  });

  it("says an expression in the reader's words, strings as they are", () => {
    const text = '(not(已见) or 签单 - today() <= duration("P14D") and 阶段 in ("a and b", null))';

    expect(said(text)).toBe('非(已见) 或 签单 - 今天 ≤ 14天 且 阶段 属于 ("a and b", 空)');
    expect(said('date("2026-01-01") != x')).toBe("2026-01-01 ≠ x");
  });

  it("says values as people do", () => {
    expect([null, "", true, 1234.5, [1, "x"], []].map(valueText)).toEqual([
      ...["空", "空", "是", "1,234.5", "1、x", "没有"],
    ]);
    expect(["P14D", "-PT4H30M", "P", "PT"].map(valueText)).toEqual(["14天", "-4小时 30分钟", "P", "PT"]);
    expect(valueText("2026-10-01")).toBe("2026-10-01");
    expect(["(a)", "(a) or (b)", "a"].map(bare)).toEqual(["a", "(a) or (b)", "a"]);
    expect([40, 2_400, 3_200_000].map(durationText)).toEqual(["< 1 ms", "2 ms", "3.2 s"]);
  });
});

function foreseen(record: number, reason: Reason, more: Partial<Foreseen> = {}): Foreseen {
  return {
    ...{ record, reason, title: `#${record}`, before: null, condition: null, closed: false },
    ...{ reads: [], actions: [], problems: [], ...more },
  };
}

describe("a dry run", () => {
  const items = [
    foreseen(1, "fires", { before: "fires" }),
    foreseen(2, "fires", { before: "condition" }),
    foreseen(3, "otherwise", { before: "fires" }),
    foreseen(4, "failed"),
  ];
  const tried = { form: "deal", items, totals: {}, before: null };

  it("is counted, and compared with the rule in force", () => {
    expect(countsOf(tried)).toEqual({ fires: 2, otherwise: 1, failed: 1, more: 1, less: 1 });
    expect(items.map(differs)).toEqual([false, true, true, false]);
  });

  it("offers the filters that choose something, and keeps the record that was chosen", () => {
    expect(seen(tried)).toEqual(["all", "fires", "otherwise", "failed", "changed"]);
    expect(shownWith(items, "failed", 1).map(({ record }) => record)).toEqual([1, 4]);
  });
});
