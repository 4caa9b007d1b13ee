import type { CellProps } from "../contract";
import { isNumber, restingText } from "../number/entry";

export function Cell({ value }: CellProps) {
  return <span className="num">{isNumber(value) ? restingText(value, undefined, true) : ""}</span>;
}
