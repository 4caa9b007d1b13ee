import { formatNumber } from "@/i18n";
import type { CellProps } from "../contract";
import { isNumber } from "./entry";

export function Cell({ field, value }: CellProps) {
  return (
    <span className="num">
      {isNumber(value) ? formatNumber(value, { grouping: field.props.grouping }) : ""}
    </span>
  );
}
