import { loadLanguage } from "@/i18n";

// jsdom has no layout and therefore no matchMedia; Ant Design asks it for breakpoints.
window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;

await loadLanguage("zh-CN");
