import { isEmpty, type FieldRender, type RecordView, type Ref, type Value, type Values } from "@/api";
import {
  formatDate,
  formatDateTime,
  formatMasked,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPhone,
  label,
  t,
} from "@/i18n";
import { currencyOf } from "./currency";

function asRef(value: Value): Ref | null {
  return typeof value === "object" && value !== null && "title" in value ? (value as unknown as Ref) : null;
}

/** A record that this person may not see has an id and no title. */
function referenceText(value: Value): string {
  const ref = asRef(value);
  return ref ? ref.title || `#${ref.id}` : String(value);
}

function asNumber(value: Value): number | string {
  return typeof value === "number" ? value : String(value);
}

/** The system field with the state of the newest approval; the engine's words are translated. */
const FLOW_STATUS = "flow_status";

function statusText(status: string): string {
  const key = `flows.status.${status}`;
  const text = t(key);
  return text === key ? status : text;
}

/** A masked value arrives as text with stars; it is shown as it is. */
function isMasked(field: FieldRender, value: Value): boolean {
  return field.access === "mask" && typeof value === "string";
}

function shown(field: FieldRender, value: Value, values: Values): string {
  const scale = field.props.scale;
  switch (field.type) {
    case "number":
      return formatNumber(asNumber(value), { grouping: field.props.grouping });
    case "money":
      return formatMoney(asNumber(value), currencyOf(field, values), { scale });
    case "rating":
      return "★".repeat(Number(value));
    case "percent":
      return formatPercent(asNumber(value));
    case "phone":
      return formatPhone(String(value));
    case "id_number":
      return field.props["mask"] === true ? formatMasked(String(value)) : String(value);
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
      return referenceText(value);
    case "subtable":
      return t("records.rows", { count: Array.isArray(value) ? value.length : 0 });
    default:
      return field.key === FLOW_STATUS ? statusText(String(value)) : String(value);
  }
}

/** A stored value as text for lists, cards and history; "" when it is empty. `values`: the rest of the record. */
export function displayValue(field: FieldRender, value: Value | undefined, values: Values = {}): string {
  if (isEmpty(value)) return "";
  const present = value as Value;
  return isMasked(field, present) ? String(present) : shown(field, present, values);
}

/** A fact that is there and says more than the record's name. */
export function isTelling(field: FieldRender, record: RecordView): boolean {
  const text = displayValue(field, record.values[field.key]);
  return text !== "" && !record.title.includes(text);
}

/** An amount without its currency sign, which stands in the head of its column. */
export function displayFigure(field: FieldRender, value: Value | undefined): string {
  if (isEmpty(value)) return "";
  const present = value as Value;
  if (isMasked(field, present)) return String(present);
  return formatNumber(asNumber(present), { scale: field.props.scale ?? 2 });
}
