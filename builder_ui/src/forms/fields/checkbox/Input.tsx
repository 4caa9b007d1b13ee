import type { InputProps } from "../contract";

export function Input(props: InputProps) {
  return (
    <span className="checkline">
      <input
        id={props.id}
        type="checkbox"
        checked={props.value === true}
        disabled={props.disabled}
        aria-label={props.name}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        onChange={(event) => props.onChange(event.target.checked)}
      />
    </span>
  );
}
