import { ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { createContext, use, useMemo, useState, type ReactNode } from "react";
import { useLanguage } from "@/i18n";
import { antdTheme, chooseTheme, currentTheme, type ThemeName } from "./theme";

interface ThemeChoice {
  theme: ThemeName;
  setTheme: (name: ThemeName) => void;
}

const ThemeContext = createContext<ThemeChoice | null>(null);

export function useTheme(): ThemeChoice {
  const choice = use(ThemeContext);
  if (!choice) throw new Error("useTheme needs a ThemeProvider above it.");
  return choice;
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [theme, setTheme] = useState(currentTheme);
  const language = useLanguage();
  const choice = useMemo(
    () => ({
      theme,
      setTheme: (name: ThemeName) => {
        chooseTheme(name);
        setTheme(name);
      },
    }),
    [theme],
  );
  const config = useMemo(() => antdTheme(theme), [theme]);
  return (
    <ThemeContext value={choice}>
      <ConfigProvider
        theme={config}
        {...(language === "zh-CN" ? { locale: zhCN } : {})}
        wave={{ disabled: true }}
      >
        {children}
      </ConfigProvider>
    </ThemeContext>
  );
}
