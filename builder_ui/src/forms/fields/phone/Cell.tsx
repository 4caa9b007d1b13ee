import { formatPhone } from "@/i18n";
import type { CellProps } from "../contract";
import { LinkCell } from "../text/LinkCell";

/** An extension is dialled after a pause. */
export function Cell({ field, value }: CellProps) {
  const text = typeof value === "string" ? value : "";
  const href = field.access === "mask" ? undefined : `tel:${text.replace("x", ",")}`;
  return <LinkCell text={formatPhone(text)} href={href} />;
}
