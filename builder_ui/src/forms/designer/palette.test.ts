import { expect, it } from "vitest";
import { t } from "@/i18n";
import { found, PALETTE, PALETTE_GROUPS } from "./palette";

const names = (text: string) => found(PALETTE, text, t).map(({ key }) => key);

it("the palette is searched by name, pinyin, its initials and English", () => {
  expect(names("金额")).toEqual(["money"]);
  expect(names("jine")).toEqual(["money"]);
  expect(names("bm")).toEqual(["department"]);
  expect(names("sub")).toContain("subtable");
  expect(names("")).toHaveLength(PALETTE.length);
});

it("every entry of the palette has a group that is shown and a name", () => {
  for (const item of PALETTE) {
    expect(PALETTE_GROUPS).toContain(item.group);
    expect(t(`designer.item.${item.key}`)).not.toBe(`designer.item.${item.key}`);
  }
});
