/** The text that a new rule begins with. */
import { quoted } from "../../model/print";

export const FIRST_TRIGGERS = [
  "Created",
  "Changed",
  "Saved",
  "Saving",
  "Deleted",
  "Button",
  "EveryDay",
] as const;
export type FirstTrigger = (typeof FIRST_TRIGGERS)[number];

/** Header and event; what is done comes next. `name` may be in any language. */
export function firstRule(name: string, form: string, trigger: FirstTrigger): string {
  const label = quoted(name.replace(/\s+/g, " "));
  if (trigger === "EveryDay") return `rule ${label}\nevery day at 09:00\nfor each ${form}\n`;
  return `rule ${label} on ${form}\nwhen  ${trigger.toLowerCase()}\n`;
}
