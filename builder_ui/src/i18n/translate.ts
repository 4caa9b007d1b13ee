import { currentLanguage, currentMessages, useSpeech } from "./language";

export type Params = Readonly<Record<string, string | number>>;
export type Translate = (key: string, params?: Params) => string;

/** A text shown to people in definitions: one string, or one per language. */
export type Label = string | Readonly<Record<string, string>> | null | undefined;

function singular(key: string, params: Params | undefined): string | undefined {
  const count = params?.["count"];
  if (typeof count !== "number") return undefined;
  const one = new Intl.PluralRules(currentLanguage()).select(count) === "one";
  return one ? currentMessages()[`${key}_one`] : undefined;
}

/**
 * The text of `key` in the current language, with `{name}` replaced by params.
 * `key_one` is used when `params.count` is singular in the language. A missing key shows itself;
 * the key test keeps that from reaching anyone.
 */
export const t: Translate = (key, params) => {
  const text = singular(key, params) ?? currentMessages()[key] ?? key;
  return params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) : text;
};

/** `t` for components: re-renders when the language changes. */
export function useT(): Translate {
  useSpeech();
  return t;
}

/** The label in the current language, else Chinese, English, or whatever there is. */
export function label(value: Label, otherwise = ""): string {
  if (typeof value === "string") return value;
  if (!value) return otherwise;
  return value[currentLanguage()] ?? value["zh-CN"] ?? value["en"] ?? Object.values(value)[0] ?? otherwise;
}
