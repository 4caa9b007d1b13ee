import { t } from "@/i18n";

/** A word of the engine in the person's language; words of a definition's own show as they are. */
function word(family: string, value: string): string {
  const key = `flows.${family}.${value}`;
  const text = t(key);
  return text === key ? value : text;
}

export const outcomeText = (outcome: string): string => word("outcome", outcome);
export const statusText = (status: string): string => word("status", status);
