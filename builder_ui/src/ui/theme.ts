import { theme as antd, type ThemeConfig } from "antd";

export type ThemeName = "light" | "dark";

const STORED = "dougong.theme";

export function currentTheme(): ThemeName {
  return document.documentElement.dataset["theme"] === "dark" ? "dark" : "light";
}

/** Sets the theme for this document and remembers it for the next first paint (public/before-paint.js). */
export function chooseTheme(name: ThemeName): void {
  document.documentElement.dataset["theme"] = name;
  try {
    localStorage.setItem(STORED, name);
  } catch {
    // Storage is blocked: the choice lasts for this page only.
  }
}

/** tokens.css is the only place where colours are written; Ant Design gets them from there. */
export function antdTheme(name: ThemeName): ThemeConfig {
  const styles = getComputedStyle(document.documentElement);
  const token = (variable: string) => styles.getPropertyValue(variable).trim();
  return {
    algorithm: name === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: token("--primary"),
      colorPrimaryHover: token("--primary-hover"),
      colorPrimaryBg: token("--primary-tint"),
      colorTextLightSolid: token("--on-primary"),
      colorError: token("--danger"),
      colorWarning: token("--warning"),
      colorSuccess: token("--success"),
      colorInfo: token("--info"),
      colorLink: token("--primary"),
      colorBgBase: token("--surface"),
      colorBgContainer: token("--surface"),
      colorBgElevated: token("--surface"),
      colorBgLayout: token("--paper"),
      colorBgContainerDisabled: token("--surface-2"),
      colorText: token("--ink"),
      colorTextSecondary: token("--ink-2"),
      colorTextTertiary: token("--ink-2"),
      colorTextPlaceholder: token("--ink-2"),
      colorTextDisabled: token("--ink-2"),
      colorBorder: token("--line-strong"),
      colorBorderSecondary: token("--line"),
      colorSplit: token("--line"),
      controlItemBgHover: token("--hover"),
      controlItemBgActive: token("--primary-tint"),
      boxShadow: token("--shadow-overlay"),
      boxShadowSecondary: token("--shadow-overlay"),
      fontFamily: token("--font"),
      fontSize: 14,
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      controlHeight: 32,
      motionDurationFast: "0.08s",
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.16s",
      motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    },
    components: {
      Modal: { titleFontSize: 16 },
      Tooltip: { colorBgSpotlight: "#2B3036", colorTextLightSolid: "#F3F1EC" },
    },
  };
}
