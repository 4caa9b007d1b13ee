import { formatNumber } from "@/i18n";
import type { CellProps } from "../contract";
import { scaleOfField } from "./check";
import { isNumber } from "./entry";

export function Cell({ field, value }: CellProps) {
  return (
    <span className="num">{isNumber(value) ? formatNumber(value, { scale: scaleOfField(field) }) : ""}</span>
  );
}
