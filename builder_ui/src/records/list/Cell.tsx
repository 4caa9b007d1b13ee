import type { FieldRender, Value } from "@/api";
import { Avatar, Icon } from "@/ui";
import "./cell.css";
import { displayFigure, displayValue, isEmpty } from "../model/display";

/** The dot before an option takes a colour of the palette; a hex colour of the definition is used as it is. */
const COLOURS: Record<string, string> = {
  green: "var(--success)",
  amber: "var(--amber)",
  yellow: "var(--k2)",
  orange: "var(--k3)",
  red: "var(--danger)",
  blue: "var(--info)",
  grey: "var(--ink-3)",
  gray: "var(--ink-3)",
};

function dotColour(field: FieldRender, value: Value): string {
  const colour = field.options?.find((option) => option.key === value)?.color;
  return colour ? (COLOURS[colour] ?? colour) : "var(--ink-3)";
}

interface Props {
  field: FieldRender;
  value: Value | undefined;
  /** The unit of an amount stands elsewhere (in the column's head). */
  bare?: boolean;
}

/** A value in a list: text, with a dot for options, a disc for people, a tick for yes. */
export function Cell({ field, value, bare = false }: Props) {
  const text = bare && field.type === "money" ? displayFigure(field, value) : displayValue(field, value);
  if (isEmpty(value)) return <span className="none">—</span>;
  if (field.type === "select") {
    return (
      <span className="option ell">
        <i style={{ background: dotColour(field, value as Value) }} />
        {text}
      </span>
    );
  }
  if (field.type === "member") {
    return (
      <span className="person ell">
        <Avatar name={text} size="s" />
        {text}
      </span>
    );
  }
  if (field.type === "checkbox")
    return value === true ? <Icon name="check" title={text} /> : <span className="none">—</span>;
  return <span className="ell">{text}</span>;
}
