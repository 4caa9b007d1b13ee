import type { CellProps } from "../contract";

export function Cell({ value }: CellProps) {
  return <span className="num">{typeof value === "string" ? value : ""}</span>;
}
