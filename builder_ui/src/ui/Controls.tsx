import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";

export interface Choice<K extends string> {
  key: K;
  label: ReactNode;
  count?: number | undefined;
}

interface ChoiceProps<K extends string> {
  label: string;
  items: readonly Choice<K>[];
  value: K;
  onChange: (key: K) => void;
  className?: string;
}

function useArrowKeys<K extends string>({ items, value, onChange }: ChoiceProps<K>) {
  const row = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = items.findIndex((item) => item.key === value);
    const to = (at + step + items.length) % items.length;
    const next = items[to];
    if (!next) return;
    onChange(next.key);
    row.current?.querySelectorAll<HTMLElement>("button")[to]?.focus();
  };
  return { row, onKeyDown };
}

/** Tabs under a page head; arrow keys walk. The panel below is the caller's. */
export function Tabs<K extends string>(props: ChoiceProps<K>) {
  const { row, onKeyDown } = useArrowKeys(props);
  return (
    <div
      ref={row}
      className={["tabs", props.className ?? ""].filter(Boolean).join(" ")}
      role="tablist"
      tabIndex={-1}
      aria-label={props.label}
      onKeyDown={onKeyDown}
    >
      {props.items.map((item) => (
        <button
          key={item.key}
          type="button"
          role="tab"
          className={item.key === props.value ? "tab on" : "tab"}
          aria-selected={item.key === props.value}
          tabIndex={item.key === props.value ? 0 : -1}
          onClick={() => props.onChange(item.key)}
        >
          {item.label}
          {item.count !== undefined && <span className="n">{item.count}</span>}
        </button>
      ))}
    </div>
  );
}

/** One of a few, as adjoining buttons. */
export function Segmented<K extends string>(props: ChoiceProps<K>) {
  const { row, onKeyDown } = useArrowKeys(props);
  return (
    <div
      ref={row}
      className={["seg", props.className ?? ""].filter(Boolean).join(" ")}
      role="radiogroup"
      tabIndex={-1}
      aria-label={props.label}
      onKeyDown={onKeyDown}
    >
      {props.items.map((item) => (
        <button
          key={item.key}
          type="button"
          role="radio"
          className={item.key === props.value ? "on" : ""}
          aria-checked={item.key === props.value}
          tabIndex={item.key === props.value ? 0 : -1}
          onClick={() => props.onChange(item.key)}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}

interface FieldProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  children: (id: string, describedBy: string | undefined) => ReactNode;
}

/** Label above a control, hint or error below it, tied together for screen readers. */
export function Labelled({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="fld">
      <label htmlFor={id}>{label}</label>
      {children(id, note ? `${id}-note` : undefined)}
      {note && (
        <span id={`${id}-note`} className={error ? "err" : "hint"}>
          {note}
        </span>
      )}
    </div>
  );
}

/** First character of a name in a coloured disc; the colour follows the name, so a person keeps hers. */
export function Avatar({ name, size = "m" }: { name: string; size?: "s" | "m" | "l" }) {
  const sum = Array.from(name).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const tone = ["", "a2", "a3", "a4", "a5"][sum % 5] ?? "";
  const classes = ["avatar", size === "m" ? "" : size, tone].filter(Boolean).join(" ");
  return (
    <span className={classes} aria-hidden>
      {Array.from(name)[0] ?? "?"}
    </span>
  );
}
