import type { SummaryPart } from "@/api";
import { currencySymbol, currentCurrency, label } from "@/i18n";

/** The value as it is read: figures with their sign. */
export function summaryValue(part: SummaryPart): string {
  if (part.type === "percent") return part.text.replace("%", " %");
  if (part.type !== "money") return part.text;
  const currency = part.currency ?? currentCurrency();
  return currency === "" ? part.text : currencySymbol(currency) + part.text;
}

/** A value in a line of others: figures behind their name, what has a name of its own alone. */
export function summaryText(part: SummaryPart): string {
  return part.type === "relation" ? part.text : `${label(part.label)} ${summaryValue(part)}`;
}
