/** Named tones of options and badges; colours are dots only, text stays ink. */
const PALETTE: Readonly<Record<string, string>> = {
  gray: "var(--ink-3)",
  blue: "var(--info)",
  cyan: "var(--q4)",
  green: "var(--success)",
  yellow: "var(--k2)",
  orange: "var(--k3)",
  red: "var(--danger)",
};

/** The colour of a named tone; a colour a definition writes itself stays; without one, grey. */
export function toneOf(color: string | null | undefined): string {
  return color ? (PALETTE[color] ?? color) : "var(--ink-3)";
}
