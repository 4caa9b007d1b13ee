import type { CellProps } from "../contract";

export function Cell({ value }: CellProps) {
  return <span className="lines">{typeof value === "string" ? value : ""}</span>;
}
