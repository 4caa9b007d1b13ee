import { ICONS, type IconName } from "./icons";

export type { IconName };

interface Props {
  name: IconName;
  /** s 14 px, m 16 px, l 20 px */
  size?: "s" | "m" | "l";
  className?: string;
  /** Spoken name; without it the icon is decoration. */
  title?: string;
}

/** Names that authors know from common icon sets, beside our own. */
const ALIASES: Readonly<Record<string, IconName>> = {
  building: "company",
  calendar: "date",
  "file-text": "quote",
  "id-badge": "contact",
  package: "box",
  phone: "call",
  settings: "gear",
  "trending-up": "chart",
  users: "role",
};

/** A definition may name an icon that we do not have (`icon` of a form is free text): it gets the form's icon. */
export function iconName(name: string | null | undefined, otherwise: IconName = "form"): IconName {
  if (!name) return otherwise;
  const alias = Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
  return alias ?? (Object.hasOwn(ICONS, name) ? (name as IconName) : otherwise);
}

export function Icon({ name, size = "m", className, title }: Props) {
  const icon: { line?: string; dot?: string } = ICONS[name];
  const classes = ["i", size === "m" ? "" : size, className ?? ""].filter(Boolean).join(" ");
  return (
    <svg
      className={classes}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(title ? { role: "img", "aria-label": title } : { "aria-hidden": true })}
    >
      {icon.line && <path d={icon.line} vectorEffect="non-scaling-stroke" />}
      {icon.dot && <path d={icon.dot} fill="currentColor" stroke="none" />}
    </svg>
  );
}
