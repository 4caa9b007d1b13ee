import { useSyncExternalStore } from "react";
import { collect, type Messages } from "./messages";

export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = "dougong.language";
const bundles: Record<Language, () => Promise<{ default: Messages }>> = {
  "zh-CN": () => import("./zh-CN"),
  en: () => import("./en"),
};

/** Texts that only one screen needs, so that nobody else loads them. */
export type OwnTexts = "automations" | "calendars" | "decisions" | "runs";

const owned = import.meta.glob<Record<string, string>>("./*/{automations,calendars,decisions,runs}.json", {
  import: "default",
});
const asked = new Set<OwnTexts>();

/** What a screen needs to speak: replaced as a whole, so that subscribers see one change. */
interface Speech {
  language: Language;
  messages: Messages;
  zone: string | undefined;
  currency: string;
}

let speech: Speech = { language: "zh-CN", messages: {}, zone: undefined, currency: "CNY" };
const listeners = new Set<() => void>();

function change(next: Speech): void {
  speech = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language before anyone is known: stored choice, else what before-paint.js took from the browser. */
export function preferredLanguage(): Language {
  return document.documentElement.lang.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

async function ownTexts(language: Language, domain: OwnTexts): Promise<Messages> {
  const path = `./${language}/${domain}.json`;
  return collect({ [path]: (await owned[path]?.()) ?? {} });
}

async function messagesOf(language: Language): Promise<Messages> {
  const own = [...asked].map((domain) => ownTexts(language, domain));
  const [{ default: common }, ...more] = await Promise.all([bundles[language](), ...own]);
  return Object.assign({}, common, ...more) as Messages;
}

/**
 * The texts of a screen that brings its own, in the current language and in each that is chosen later. Several may be
 * on their way at once: each is added to what is there by then.
 */
export async function loadTexts(domain: OwnTexts): Promise<void> {
  if (asked.has(domain) && hasTexts(domain)) return;
  asked.add(domain);
  const { language } = speech;
  const own = await ownTexts(language, domain);
  if (language === speech.language) change({ ...speech, messages: { ...speech.messages, ...own } });
}

const hasTexts = (domain: OwnTexts) =>
  Object.keys(speech.messages).some((key) => key.startsWith(`${domain}.`));

/** Loads the language's texts, then switches; resolves when every subscriber may render. */
export async function loadLanguage(language: Language): Promise<void> {
  const count = asked.size;
  const messages = await messagesOf(language);
  if (asked.size > count) return loadLanguage(language);
  document.documentElement.lang = language;
  change({ ...speech, language, messages });
}

/** The person's choice: loaded and remembered. */
export async function chooseLanguage(language: Language): Promise<void> {
  await loadLanguage(language);
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Storage is blocked: the choice lasts for this page only.
  }
}

/** Where the signed-in person works: IANA zone in which times are shown, ISO 4217 code of plain amounts. */
export function setRegion(zone: string, currency: string): void {
  if (zone !== speech.zone || currency !== speech.currency) change({ ...speech, zone, currency });
}

export const currentLanguage = (): Language => speech.language;
export const currentMessages = (): Messages => speech.messages;
export const currentZone = (): string | undefined => speech.zone;
export const currentCurrency = (): string => speech.currency;

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}

/** Re-renders the caller when language or zone change. */
export function useSpeech(): void {
  useSyncExternalStore(subscribe, () => speech);
}
