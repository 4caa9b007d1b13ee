import type { FieldRender, Value } from "@/api";
import type { EntryProblem } from "../contract";
import { entryText, isNumber, scaleOf } from "./entry";

/** Digits behind the point that a field without `scale` has, as in `engine/forms/fields`. */
const SCALES: Readonly<Record<string, number>> = { number: 0, money: 2, percent: 2 };

export function scaleOfField({ type, props }: FieldRender): number {
  return props.scale ?? SCALES[type] ?? 0;
}

/** Limits and digits of number, money and percent; limits of a percent are fractions and shown as percent. */
export function checkNumber(field: FieldRender, value: Value, percent = false): EntryProblem | undefined {
  if (value === null) return undefined;
  if (!isNumber(value)) return { key: "problem.number" };
  return outOfRange(field, value, percent) ?? tooFine(field, value, percent);
}

function outOfRange({ props }: FieldRender, value: number, percent: boolean): EntryProblem | undefined {
  const shown = (limit: number) => entryText(limit, percent) + (percent ? " %" : "");
  if (isNumber(props.min) && value < props.min)
    return { key: "problem.min", params: { min: shown(props.min) } };
  if (isNumber(props.max) && value > props.max)
    return { key: "problem.max", params: { max: shown(props.max) } };
  return undefined;
}

function tooFine(field: FieldRender, value: number, percent: boolean): EntryProblem | undefined {
  const scale = scaleOfField(field);
  if (scaleOf(value) <= scale) return undefined;
  const count = percent ? Math.max(0, scale - 2) : scale;
  return count === 0 ? { key: "problem.whole" } : { key: "problem.scale", params: { count } };
}
