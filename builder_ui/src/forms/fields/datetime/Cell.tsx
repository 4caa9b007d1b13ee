import { formatDateTime } from "@/i18n";
import type { CellProps } from "../contract";

export function Cell({ value }: CellProps) {
  return <span className="nowrap">{typeof value === "string" ? formatDateTime(value) : ""}</span>;
}
