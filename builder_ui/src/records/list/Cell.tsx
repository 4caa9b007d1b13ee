import { isEmpty, type FieldRender, type Value, type Values } from "@/api";
import { Avatar, Icon, toneOf } from "@/ui";
import "./cell.css";
import { displayFigure, displayValue } from "../model/display";

function colourOf(field: FieldRender, value: Value): string | null | undefined {
  return field.options?.find((option) => option.key === value)?.color;
}

interface Props {
  field: FieldRender;
  values: Values;
  /** The unit of an amount stands elsewhere (in the column's head). */
  bare?: boolean;
}

/** A value in a list: text, with a dot for options, a disc for people, a tick for yes. */
export function Cell({ field, values, bare = false }: Props) {
  const value = values[field.key];
  const text =
    bare && field.type === "money" ? displayFigure(field, value) : displayValue(field, value, values);
  if (isEmpty(value)) return <span className="none">—</span>;
  if (field.type === "select") {
    const colour = colourOf(field, value as Value);
    return (
      <span className="option">
        {colour && <i style={{ background: toneOf(colour) }} />}
        <span className="ell">{text}</span>
      </span>
    );
  }
  if (field.type === "member") {
    return (
      <span className="person">
        <Avatar name={text} size="s" />
        <span className="ell">{text}</span>
      </span>
    );
  }
  if (field.type === "checkbox")
    return value === true ? <Icon name="check" title={text} /> : <span className="none">—</span>;
  return <span className="ell">{text}</span>;
}
