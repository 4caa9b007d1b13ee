/**
 * The condition of a picker for the record on screen: its `record.x` become the values that stand there now.
 *
 * `pick.where` is FEEL over the other form; the server's list knows nothing of a record that is still being entered.
 */
import type { FieldRender, Value, Values } from "@/api";
import { asRef } from "./ref";

/** A string, or a path below `record`: text in quotes is never a name. */
const PART = /("(?:[^"\\]|\\.)*")|\brecord\.([a-z][a-z0-9_]*)(\.id)?\b/g;

export function pickWhere(
  where: string,
  fields: Readonly<Record<string, FieldRender>>,
  values: Values,
): string {
  return where.replace(
    PART,
    (whole: string, text: string | undefined, key: string, id: string | undefined) => {
      if (text !== undefined) return whole;
      const value = values[key] ?? null;
      const ref = asRef(value);
      if (id !== undefined) return ref ? String(ref.id) : "null";
      return literal(fields[key], value);
    },
  );
}

function literal(field: FieldRender | undefined, value: Value): string {
  if (value === null) return "null";
  switch (field?.type) {
    case "relation":
    case "member":
    case "department":
      return `{id: ${asRef(value)?.id ?? "null"}}`;
    case "date":
      return `date(${JSON.stringify(value)})`;
    case "datetime":
      return `date and time(${JSON.stringify(value)})`;
    default:
      return typeof value === "object" ? "null" : JSON.stringify(value);
  }
}
