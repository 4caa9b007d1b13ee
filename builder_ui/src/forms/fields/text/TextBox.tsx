import { useState } from "react";
import type { InputProps } from "../contract";

interface Props extends InputProps {
  /** Which keyboard phones show. */
  keyboard?: "email" | "tel" | "url";
  /** The text as it is read while nobody types. */
  resting?: (text: string) => string;
}

/** One line of text. */
export function TextBox({ keyboard, resting, ...props }: Props) {
  const [typing, setTyping] = useState(false);
  const text = typeof props.value === "string" ? props.value : "";
  return (
    <input
      id={props.id}
      className={["input", props.disabled ? "ro" : "", props.invalid ? "bad" : ""].join(" ").trim()}
      value={typing || !resting ? text : resting(text)}
      inputMode={keyboard}
      disabled={props.disabled}
      autoComplete="off"
      aria-label={props.name}
      aria-required={props.required || undefined}
      aria-invalid={props.invalid || undefined}
      aria-describedby={props.describedBy}
      onFocus={() => setTyping(true)}
      onBlur={() => setTyping(false)}
      onChange={(event) => props.onChange(event.target.value === "" ? null : event.target.value)}
    />
  );
}
