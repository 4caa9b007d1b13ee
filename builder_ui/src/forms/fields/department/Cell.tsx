import type { CellProps } from "../contract";
import { asRef } from "../relation/ref";

export function Cell({ value }: CellProps) {
  return <span>{asRef(value)?.title ?? ""}</span>;
}
