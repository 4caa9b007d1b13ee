import type { CellProps } from "../contract";

export function Cell({ value }: CellProps) {
  return <span>{typeof value === "string" ? value : ""}</span>;
}
