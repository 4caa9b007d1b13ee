import { useQuery } from "@tanstack/react-query";
import { isEmpty, titleOf, type FieldRender, type Value } from "@/api";
import { useT } from "@/i18n";
import { displayValue } from "../model/display";

function Title({ field, id }: { field: FieldRender; id: number }) {
  const { data } = useQuery(titleOf(field, id));
  return data ?? `#${id}`;
}

/** A value as history and conflicts hold it: references are ids there, their titles are looked up. */
export function StoredValue({ field, value }: { field: FieldRender | undefined; value: Value | undefined }) {
  const t = useT();
  if (isEmpty(value)) return <span className="none">{t("records.history.empty")}</span>;
  if (!field) return typeof value === "object" ? JSON.stringify(value) : String(value);
  const reference = field.type === "relation" || field.type === "member" || field.type === "department";
  if (reference && typeof value === "number") return <Title field={field} id={value} />;
  return displayValue(field, value);
}
