import { useQueryClient } from "@tanstack/react-query";
import { api, request, sentenceOf } from "@/api";
import { chooseLanguage, LANGUAGES, useLanguage, useT, type Language } from "@/i18n";
import { toast, useTheme, type MenuItem } from "@/ui";

const NAMES: Record<Language, string> = { "zh-CN": "简体中文", en: "English" };

/** Ends the session on the server, then leaves for the sign-in page. */
async function signOut(): Promise<void> {
  await request("DELETE", "/session", { anonymous: true });
  window.location.assign("/login");
}

/** Language, theme and sign-out: the same choices in the user menu and on the phone's own page. */
export function usePreferences(): { languages: MenuItem[]; themes: MenuItem[]; leave: MenuItem } {
  const t = useT();
  const language = useLanguage();
  const { theme, setTheme } = useTheme();
  const queries = useQueryClient();
  const speak = async (next: Language) => {
    await chooseLanguage(next);
    // Labels are maps and follow at once; messages and titles from the server are asked for again.
    await queries.invalidateQueries();
    await api.patch("/me", { language: next }).catch((error: unknown) => toast.failed(sentenceOf(error)));
  };
  return {
    languages: LANGUAGES.map((name) => ({
      key: name,
      label: NAMES[name],
      icon: "globe",
      on: name === language,
      run: () => void speak(name),
    })),
    themes: (["light", "dark"] as const).map((name) => ({
      key: name,
      label: t(name === "light" ? "shell.theme.light" : "shell.theme.dark"),
      icon: name === "light" ? "spark" : "eye-off",
      on: name === theme,
      run: () => setTheme(name),
    })),
    leave: { key: "leave", label: t("shell.signOut"), icon: "external", run: () => void signOut() },
  };
}
