import { expect, it } from "vitest";
import { setRegion } from "@/i18n";
import { summaryText, summaryValue } from "./summary";

const TOTAL = { label: { "zh-CN": "合计", en: "Total" }, text: "138,318.78", type: "money" } as const;

it("names figures and leaves what has a name of its own alone", () => {
  setRegion("Asia/Shanghai", "CNY");

  expect(summaryText(TOTAL)).toBe("合计 ¥138,318.78");
  expect(summaryText({ label: "Customer", text: "Northwind", type: "relation" })).toBe("Northwind");
  expect(summaryText({ label: "Discount", text: "15%", type: "percent" })).toBe("Discount 15 %");
});

it("takes the currency of the record where it has its own", () => {
  expect(summaryValue({ ...TOTAL, currency: "EUR" })).toBe("€138,318.78");
  expect(summaryValue({ ...TOTAL, currency: "" })).toBe("138,318.78");
});
