import type { FieldRender, Value } from "@/api";
import { formatDateTime, formatMasked, formatMoney, formatNumber, formatPhone, label } from "@/i18n";
import { entryText, isNumber, restingText } from "./number/entry";
import { asRef } from "./relation/ref";

/** A value as one short text, where there is no room for its cell: lines of pickers. */
export function shownText(field: FieldRender, value: Value, currency: string): string {
  if (value === null || typeof value === "boolean" || Array.isArray(value)) return "";
  switch (field.type) {
    case "select":
      return label(field.options?.find((option) => option.key === value)?.label, String(value));
    case "money":
      return isNumber(value) ? formatMoney(value, currency, { scale: field.props.scale }) : "";
    case "percent":
      return isNumber(value) ? restingText(value, {}, true) : "";
    case "number":
      return isNumber(value) ? formatNumber(entryText(value), { grouping: field.props.grouping }) : "";
    case "phone":
      return formatPhone(String(value));
    case "id_number":
      return field.props["mask"] === true ? formatMasked(String(value)) : String(value);
    case "datetime":
      return formatDateTime(String(value));
    default:
      return typeof value === "object" ? (asRef(value)?.title ?? "") : String(value);
  }
}
