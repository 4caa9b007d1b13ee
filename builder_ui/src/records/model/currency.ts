import type { FieldRender, Values } from "@/api";
import { currentCurrency } from "@/i18n";

const CODE = /^[A-Za-z]{3}$/;

/** The currency that every record's amount in this field has; null when each record names its own. */
export function fixedCurrency(field: FieldRender): string | null {
  const named = field.props.currency;
  if (named === undefined) return currentCurrency();
  return CODE.test(named) ? named.toUpperCase() : null;
}

/** `currency` of a money field is a code, or the key of the field that holds the record's code. */
export function currencyOf(field: FieldRender, values: Values): string {
  const chosen = field.props.currency === undefined ? undefined : values[field.props.currency];
  if (typeof chosen === "string" && CODE.test(chosen)) return chosen.toUpperCase();
  return fixedCurrency(field) ?? currentCurrency();
}
