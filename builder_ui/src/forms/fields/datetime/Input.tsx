import type { InputProps } from "../contract";
import { fromWallClock, toWallClock } from "./zoned";

/** Date and time of the user's zone; stored as an instant. */
export function Input(props: InputProps) {
  const value = typeof props.value === "string" ? toWallClock(props.value) : "";
  return (
    <input
      id={props.id}
      type="datetime-local"
      className={["input", props.disabled ? "ro" : "", props.invalid ? "bad" : ""].join(" ").trim()}
      value={value}
      disabled={props.disabled}
      aria-label={props.name}
      aria-required={props.required || undefined}
      aria-invalid={props.invalid || undefined}
      aria-describedby={props.describedBy}
      onChange={(event) => props.onChange(event.target.value ? fromWallClock(event.target.value) : null)}
    />
  );
}
