import { useState } from "react";
import type { InputProps } from "../contract";
import { scaleOfField } from "./check";
import { entryText, isNumber, parseEntry, restingText } from "./entry";

interface Props extends InputProps {
  percent?: boolean;
  /** Stands before the number: a currency sign. */
  sign?: string;
}

/** A box for one number: separators while it rests, plain digits while it is edited. */
export function NumberBox({ percent = false, sign, ...props }: Props) {
  const { field, value, onChange } = props;
  const [text, setText] = useState<string | null>(null);
  const number: number | null = isNumber(value) ? value : null;
  const resting =
    typeof value === "string" && number === null ? value : restingText(number, scaleOfField(field), percent);
  const commit = () => {
    if (text === null) return;
    const parsed = parseEntry(text, percent);
    setText(null);
    onChange(parsed === undefined ? text : parsed);
  };
  return (
    <span
      className={["input numbox", props.disabled ? "ro" : "", props.invalid ? "bad" : ""].join(" ").trim()}
    >
      {sign && <span className="ink2">{sign}</span>}
      <input
        id={props.id}
        className="bare num"
        inputMode="decimal"
        autoComplete="off"
        value={text ?? resting}
        disabled={props.disabled}
        aria-label={props.name}
        aria-required={props.required || undefined}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        onFocus={(event) => {
          setText(number === null ? resting : entryText(number, percent));
          event.target.select();
        }}
        onChange={(event) => {
          setText(event.target.value);
          const parsed = parseEntry(event.target.value, percent);
          if (parsed !== undefined) onChange(parsed);
        }}
        onBlur={commit}
      />
    </span>
  );
}
