import type { Ref, Value } from "@/api";

/** A reference as the API shows it: an id with the title to show. */
export function asRef(value: Value): Ref | null {
  if (typeof value === "number") return { id: value, title: `#${value}` };
  if (typeof value !== "object" || value === null || !("id" in value)) return null;
  const { id, title } = value as { id: unknown; title?: unknown };
  return typeof id === "number" ? { id, title: typeof title === "string" ? title : `#${id}` } : null;
}
