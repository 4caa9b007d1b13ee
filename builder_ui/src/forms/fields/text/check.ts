import type { FieldRender, Value } from "@/api";
import type { EntryProblem } from "../contract";

/** Characters that a field without `max` takes, as in `engine/forms/fields`. */
const LONGEST: Readonly<Record<string, number>> = { text: 255 };

/** Length in characters as people count them, not in UTF-16 units. */
export function checkLength({ type, props }: FieldRender, value: Value): EntryProblem | undefined {
  const limit = typeof props.max === "number" ? props.max : LONGEST[type];
  if (typeof value !== "string" || limit === undefined) return undefined;
  const length = Array.from(value).length;
  return length > limit ? { key: "problem.length", params: { max: limit, length } } : undefined;
}
