import type { FieldRender, Ref, Value } from "@/api";
import { formatDate, formatDateTime, formatMoney, formatNumber, formatPercent, label, t } from "@/i18n";

export function isEmpty(value: Value | undefined): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

function asRef(value: Value): Ref | null {
  return typeof value === "object" && value !== null && "title" in value ? (value as unknown as Ref) : null;
}

function asNumber(value: Value): number | string {
  return typeof value === "number" ? value : String(value);
}

/** A masked value arrives as text with stars; it is shown as it is. */
function isMasked(field: FieldRender, value: Value): boolean {
  return field.access === "mask" && typeof value === "string";
}

function shown(field: FieldRender, value: Value): string {
  const scale = field.props.scale;
  switch (field.type) {
    case "number":
      return formatNumber(asNumber(value), { scale });
    case "money":
      return field.props.currency
        ? formatMoney(asNumber(value), field.props.currency.toUpperCase(), { scale })
        : formatNumber(asNumber(value), { scale: scale ?? 2 });
    case "percent":
      return formatPercent(asNumber(value), { scale });
    case "date":
      return formatDate(String(value));
    case "datetime":
      return formatDateTime(String(value));
    case "checkbox":
      return value === true ? t("records.yes") : t("records.no");
    case "select":
      return label(field.options?.find((option) => option.key === value)?.label, String(value));
    case "relation":
    case "member":
    case "department":
      return asRef(value)?.title ?? String(value);
    case "subtable":
      return t("records.rows", { count: Array.isArray(value) ? value.length : 0 });
    default:
      return String(value);
  }
}

/** A stored value as text for lists, cards and history; "" when it is empty. */
export function displayValue(field: FieldRender, value: Value | undefined): string {
  if (isEmpty(value)) return "";
  const present = value as Value;
  return isMasked(field, present) ? String(present) : shown(field, present);
}

/** An amount without its currency sign. */
export function displayFigure(field: FieldRender, value: Value | undefined): string {
  const { currency: _, ...props } = field.props;
  return displayValue({ ...field, props }, value);
}
