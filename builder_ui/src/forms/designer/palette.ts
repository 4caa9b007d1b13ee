/** What can be put on a form, and finding it by name, pinyin or English. */
import type { Translate } from "@/i18n";
import type { IconName } from "@/ui";
import { FIELD_SPECS } from "../fields/specs";

export type LayoutPart = "group" | "tabs" | "text";

export interface PaletteItem {
  /** A field type, or a part of the layout. */
  readonly key: string;
  readonly part?: LayoutPart;
  readonly icon: IconName;
  readonly group: "basic" | "linked" | "people" | "layout";
  readonly words: string;
}

const LAYOUT_ITEMS: readonly PaletteItem[] = [
  { key: "group", part: "group", icon: "section", group: "layout", words: "fenqu fq fenzu section group" },
  { key: "tabs", part: "tabs", icon: "tabs", group: "layout", words: "biaoqianye bqy tabs pages" },
  { key: "note", part: "text", icon: "note", group: "layout", words: "shuomingwenzi smwz text note hint" },
];

/** A formula is a money or number field with a formula in it: an entry of its own, because people look for it. */
const FORMULA: PaletteItem = {
  key: "formula",
  icon: "formula",
  group: "linked",
  words: "gongshi gs jisuan formula computed calculate",
};

export const PALETTE: readonly PaletteItem[] = [
  ...Object.values(FIELD_SPECS).map(({ name, icon, group, words }) => ({ key: name, icon, group, words })),
  FORMULA,
  ...LAYOUT_ITEMS,
];

export const PALETTE_GROUPS = ["basic", "linked", "people", "layout"] as const;

/** All words typed must begin a word of the entry, or stand in its name. */
export function found(items: readonly PaletteItem[], text: string, t: Translate): readonly PaletteItem[] {
  const typed = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const name = t(`designer.item.${item.key}`).toLowerCase();
    const words = item.words.split(" ");
    return typed.every((word) => name.includes(word) || words.some((each) => each.startsWith(word)));
  });
}
