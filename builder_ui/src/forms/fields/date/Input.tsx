import type { InputProps } from "../contract";
import { DateBox } from "./DateBox";
import { parseDate } from "./entry";

/** The value is a day as written, without a zone. */
export function Input(props: InputProps) {
  const value = typeof props.value === "string" ? props.value : "";
  return <DateBox {...props} kind="date" value={value} parse={parseDate} show={(date) => date} />;
}
