/** The kinds of definitions that people make in the browser, and what a new one holds. */
import type { DefinitionSummary, Json } from "@/api";
import { isFreeKey, isKey } from "@/forms";

export type NewKind = "form" | "flow" | "role" | "view" | "app" | "rule" | "decision" | "calendar";

/** Texts of a new definition, in the language of who makes it. */
export interface FirstTexts {
  readonly language: string;
  readonly name: string;
  /** Label of a new form's first field. */
  readonly firstField: string;
}

/** A role may be called by any key, everything else by one that expressions leave free (SEMANTICS §2). */
export function mayBeCalled(kind: NewKind, key: string): boolean {
  return kind === "role" ? isKey(key) : isFreeKey(key);
}

export function takenKeys(kind: NewKind, all: readonly DefinitionSummary[]): string[] {
  return all.filter((one) => one.kind === kind).map(({ key }) => key);
}

/** The first draft of a definition of this kind; flows, rules and decisions are texts. */
export function firstDocument(
  kind: Exclude<NewKind, "flow" | "rule" | "decision">,
  key: string,
  texts: FirstTexts,
  form = "",
): Json {
  const label = { [texts.language]: texts.name };
  switch (kind) {
    case "form":
      return { key, label, ...firstField(texts) };
    case "role":
      return { $schema: "role/1", key, label, grants: [] };
    case "view":
      return { $schema: "view/1", key, label, form, columns: [] };
    case "app":
      return { $schema: "app/1", key, label, items: [] };
    case "calendar":
      return { $schema: "calendar/1", key, label, hours: OFFICE_HOURS };
  }
}

const OFFICE_DAY = ["09:00-12:00", "13:00-18:00"];
const OFFICE_HOURS = {
  ...{ monday: OFFICE_DAY, tuesday: OFFICE_DAY, wednesday: OFFICE_DAY },
  ...{ thursday: OFFICE_DAY, friday: OFFICE_DAY },
};

function firstField({ language, firstField: text }: FirstTexts) {
  return {
    title: "{name}",
    fields: { name: { type: "text", label: { [language]: text }, required: true } },
    layout: [{ field: "name", span: 12 }],
  };
}
