import type { CellProps } from "../contract";
import { scaleOfField } from "../number/check";
import { isNumber, restingText } from "../number/entry";

export function Cell({ field, value }: CellProps) {
  return <span className="num">{isNumber(value) ? restingText(value, scaleOfField(field), true) : ""}</span>;
}
