import type { CellProps } from "../contract";
import { LinkCell } from "../text/LinkCell";

/** Only what the server lets in is a link: http and https. */
export function Cell({ value }: CellProps) {
  const text = typeof value === "string" ? value : "";
  return <LinkCell text={text} href={/^https?:\/\//.test(text) ? text : undefined} away />;
}
