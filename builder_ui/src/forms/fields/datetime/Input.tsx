import type { InputProps } from "../contract";
import { DateBox } from "../date/DateBox";
import { parseMoment } from "../date/entry";
import { fromWallClock, toWallClock } from "./zoned";

const WALL = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

function wallOf(value: unknown): string {
  if (typeof value !== "string") return "";
  return Number.isNaN(Date.parse(value)) ? value : toWallClock(value);
}

/** Entered on the user's clock, stored as an instant. */
export function Input(props: InputProps) {
  return (
    <DateBox
      {...props}
      kind="datetime-local"
      value={wallOf(props.value)}
      parse={parseMoment}
      show={(wall) => wall.replace("T", " ")}
      onChange={(wall) => props.onChange(wall !== null && WALL.test(wall) ? fromWallClock(wall) : wall)}
    />
  );
}
