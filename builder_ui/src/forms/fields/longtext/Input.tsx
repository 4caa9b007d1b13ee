import type { InputProps } from "../contract";

/** Grows with its text (`field-sizing`), three lines at least; one line inside a grid. */
export function Input(props: InputProps) {
  return (
    <textarea
      id={props.id}
      className={["textarea grows", props.disabled ? "input ro" : "", props.invalid ? "bad" : ""]
        .join(" ")
        .trim()}
      rows={props.name === undefined ? 3 : 1}
      value={typeof props.value === "string" ? props.value : ""}
      disabled={props.disabled}
      aria-label={props.name}
      aria-required={props.required || undefined}
      aria-invalid={props.invalid || undefined}
      aria-describedby={props.describedBy}
      onChange={(event) => props.onChange(event.target.value === "" ? null : event.target.value)}
    />
  );
}
