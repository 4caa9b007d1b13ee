/** Texts people read, as an editor changes them: one string for all languages, or a map by language (DESIGN §3). */
import type { Label, Language } from "@/i18n";

/** The text written for exactly this language; "" where the other language stands in. */
export function labelIn(label: Label, language: Language): string {
  if (typeof label === "string") return language === "zh-CN" ? label : "";
  return label?.[language] ?? "";
}

/**
 * The label with one language changed; an empty text takes the language out. A plain string stays one while the
 * first language is edited, and becomes a map as soon as the second language says something of its own.
 */
export function withLabel(label: Label, language: Language, text: string): NonNullable<Label> {
  if (label && typeof label === "object") {
    const entries = Object.entries({ ...label, [language]: text }).filter(([, each]) => each !== "");
    return Object.fromEntries(entries);
  }
  if (language === "zh-CN" || !label) return text;
  return text === "" ? label : { "zh-CN": label, en: text };
}
