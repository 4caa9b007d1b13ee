import type { InputProps } from "../contract";

export function Input(props: InputProps) {
  return (
    <input
      id={props.id}
      className={["input", props.disabled ? "ro" : "", props.invalid ? "bad" : ""].join(" ").trim()}
      value={typeof props.value === "string" ? props.value : ""}
      disabled={props.disabled}
      autoComplete="off"
      aria-label={props.name}
      aria-required={props.required || undefined}
      aria-invalid={props.invalid || undefined}
      aria-describedby={props.describedBy}
      onChange={(event) => props.onChange(event.target.value === "" ? null : event.target.value)}
    />
  );
}
