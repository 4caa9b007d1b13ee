/** Small controls of the cards: they read as words of a sentence. */
import { useState } from "react";
import { useT } from "@/i18n";
import { Icon } from "@/ui";
import type { Named } from "./world";

interface ChoiceProps {
  /** Spoken to screen readers. */
  label: string;
  value: string;
  options: readonly Named[];
  onChange: (key: string) => void;
  /** f = a field, o = a plain word. */
  look?: "f" | "o" | "";
}

/** One of several; what is not among them is shown as it is written. */
export function Choice({ label, value, options, onChange, look = "" }: ChoiceProps) {
  const known = options.some(({ key }) => key === value);
  return (
    <select
      className={`slim ${look}`.trim()}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {!known && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.key} value={option.key}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

interface AddProps {
  label: string;
  groups: readonly { readonly label: string; readonly options: readonly Named[] }[];
  onAdd: (key: string) => void;
}

/** A dashed box that adds one of what is offered. */
export function AddChoice({ label, groups, onAdd }: AddProps) {
  const offered = groups.filter(({ options }) => options.length > 0);
  if (offered.length === 0) return null;
  return (
    <select
      className="slim add"
      aria-label={label}
      value=""
      onChange={(event) => event.target.value && onAdd(event.target.value)}
    >
      <option value="">{`+ ${label}`}</option>
      {offered.map((group) => (
        <optgroup key={group.label} label={group.label}>
          {group.options.map((option) => (
            <option key={option.key} value={option.key}>
              {option.label}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

interface ChipProps {
  text: string;
  look?: "f" | "v";
  /** Absent where it must stay. */
  onRemove?: (() => void) | undefined;
}

export function Chip({ text, look = "f", onRemove }: ChipProps) {
  const t = useT();
  return (
    <span className={`chip ${look}`}>
      {text}
      {onRemove && (
        <button type="button" aria-label={t("rules.remove.value", { value: text })} onClick={onRemove}>
          <Icon name="close" size="s" />
        </button>
      )}
    </span>
  );
}

interface TextProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  placeholder?: string;
  className?: string;
}

/** Blanks at the ends are kept while they are typed, though what is stored has none. */
export function TextBox({ label, value, onChange, placeholder, className = "slim wide" }: TextProps) {
  const [typed, setTyped] = useState(value);
  const shown = typed.trim() === value.trim() ? typed : value;
  return (
    <input
      className={className}
      aria-label={label}
      placeholder={placeholder}
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(event.target.value);
      }}
    />
  );
}

interface NumberProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** Whole numbers from here on; decimals of any sign without it. */
  from?: number;
}

/** A number is told when it is one; until then what is typed stays in the box. */
export function NumberBox({ label, value, onChange, from }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const whole = from !== undefined;
  const means = (text: string) =>
    whole ? /^\d+$/.test(text) && Number(text) >= from : /^-?\d+(\.\d+)?$/.test(text);
  return (
    <input
      className="slim short"
      aria-label={label}
      inputMode={whole ? "numeric" : "decimal"}
      value={typed ?? value}
      aria-invalid={(typed !== null && !means(typed)) || undefined}
      onChange={(event) => {
        setTyped(event.target.value);
        if (means(event.target.value)) onChange(event.target.value);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

export function TimeBox({ label, value, onChange }: Omit<NumberProps, "from">) {
  return (
    <input
      className="slim time"
      type="time"
      aria-label={label}
      value={value}
      onChange={(event) => event.target.value && onChange(event.target.value)}
    />
  );
}
