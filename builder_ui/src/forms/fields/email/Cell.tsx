import type { CellProps } from "../contract";
import { LinkCell } from "../text/LinkCell";

export function Cell({ field, value }: CellProps) {
  const text = typeof value === "string" ? value : "";
  return <LinkCell text={text} href={field.access === "mask" ? undefined : `mailto:${encodeURI(text)}`} />;
}
