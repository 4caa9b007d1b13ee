import type { InputProps } from "../contract";

/** The browser's own date box: a wheel on phones, typed or picked elsewhere. The value is a day without a zone. */
export function Input(props: InputProps) {
  return (
    <input
      id={props.id}
      type="date"
      className={["input", props.disabled ? "ro" : "", props.invalid ? "bad" : ""].join(" ").trim()}
      value={typeof props.value === "string" ? props.value : ""}
      max="9999-12-31"
      disabled={props.disabled}
      aria-label={props.name}
      aria-required={props.required || undefined}
      aria-invalid={props.invalid || undefined}
      aria-describedby={props.describedBy}
      onChange={(event) => props.onChange(event.target.value || null)}
    />
  );
}
