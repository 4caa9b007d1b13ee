import type { Option } from "@/api";
import { label } from "@/i18n";

const PALETTE: Readonly<Record<string, string>> = {
  gray: "var(--ink-3)",
  blue: "var(--info)",
  cyan: "var(--q4)",
  green: "var(--success)",
  yellow: "var(--k2)",
  orange: "var(--k3)",
  red: "var(--danger)",
};

export const OPTION_COLORS: readonly string[] = Object.keys(PALETTE);

/** The colour of a named tone, or the colour itself; colours are dots only, text stays ink. */
export function toneOf(color: string | null | undefined): string | undefined {
  return color ? (PALETTE[color] ?? color) : undefined;
}

export function OptionLabel({ option }: { option: Option }) {
  const tone = toneOf(option.color);
  return (
    <span className="option">
      {tone && <i className="sw" style={{ background: tone }} />}
      {label(option.label, option.key)}
    </span>
  );
}
