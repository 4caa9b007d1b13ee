import { useLayoutEffect, useRef, useState } from "react";
import type { InputProps } from "../contract";
import { entryText, isNumber, parseEntry, restingText } from "./entry";

interface Props extends InputProps {
  percent?: boolean;
  /** Digits always shown: of money. */
  scale?: number;
  /** Stands before the number: a currency sign. */
  sign?: string;
}

/** A box for one number: separators while it rests, plain digits while it is edited. */
export function NumberBox({ percent = false, sign, ...props }: Props) {
  const { value, onChange } = props;
  const [text, setText] = useState<string | null>(null);
  const box = useRef<HTMLInputElement>(null);
  const entering = useRef(false);
  // The plain digits replace the resting text after the focus event, and only then can they be selected.
  useLayoutEffect(() => {
    if (text !== null && entering.current) box.current?.select();
    entering.current = false;
  }, [text]);
  const { grouping } = props.field.props;
  const number: number | null = isNumber(value) ? value : null;
  const resting =
    typeof value === "string" && number === null
      ? value
      : restingText(number, { scale: props.scale, grouping }, percent);
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
        ref={box}
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
        onFocus={() => {
          entering.current = true;
          setText(number === null ? resting : entryText(number, percent));
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
