/** Texts people read: one string for all languages, or a map by language (DESIGN §3). */
export type Language = "zh-CN" | "en";
export type Label = string | Readonly<Partial<Record<Language, string>>>;

export const LANGUAGES: readonly Language[] = ["zh-CN", "en"];

/** The text to show; a missing translation falls back to the other language. */
export function labelText(label: Label | undefined, language: Language): string {
  if (label === undefined) return "";
  if (typeof label === "string") return label;
  return label[language] ?? label["zh-CN"] ?? label.en ?? "";
}

/** The text written for exactly this language, "" where the other one is used. */
export function labelIn(label: Label | undefined, language: Language): string {
  if (label === undefined) return "";
  return typeof label === "string" ? label : (label[language] ?? "");
}

/**
 * The label with one language changed. A plain string stays plain while the first language is
 * edited, and becomes a map as soon as the second language says something else.
 */
export function withLabel(label: Label | undefined, language: Language, text: string): Label {
  if (typeof label === "object") return { ...label, [language]: text };
  if (language === "zh-CN" || label === undefined || label === "") return text;
  return { "zh-CN": label, en: text };
}
