import type { FieldRender } from "@/api";

/** How many stars can be given, as in `engine/forms/fields/rating.py`. */
export function starsOf({ props }: FieldRender): number {
  return typeof props.max === "number" ? props.max : 5;
}
