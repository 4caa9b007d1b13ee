import type { CellProps } from "../contract";
import { isNumber } from "../number/entry";
import { starsOf } from "./stars";
import "./rating.css";

export function Cell({ field, value }: CellProps) {
  if (!isNumber(value)) return <span>{typeof value === "string" ? value : ""}</span>;
  const most = starsOf(field);
  return (
    <span className="stars" role="img" aria-label={`${value}/${most}`}>
      {"★".repeat(Math.min(value, most))}
      <i>{"★".repeat(Math.max(0, most - value))}</i>
    </span>
  );
}
