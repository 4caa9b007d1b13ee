import { formatMoney } from "@/i18n";
import type { CellProps } from "../contract";
import { scaleOfField } from "../number/check";
import { isNumber } from "../number/entry";
import { useCurrency } from "./currency";

export function Cell({ field, value }: CellProps) {
  const currency = useCurrency(field);
  return (
    <span className="num">
      {isNumber(value) ? formatMoney(value, currency, { scale: scaleOfField(field) }) : ""}
    </span>
  );
}
