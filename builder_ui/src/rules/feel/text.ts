/** What `string(value)` gives; the twin of `engine/rules/feel/kinds.py`. */
import { temporalText } from "./calendarText";
import { FeelRange, isContext, isList, isNumber, type FeelValue } from "./values";

export function textOf(value: FeelValue): string {
  return typeof value === "string" ? value : nested(value);
}

function nested(value: FeelValue): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value);
  if (isNumber(value)) return value.isZero() ? "0" : value.toFixed();
  if (isList(value)) return `[${value.map(nested).join(", ")}]`;
  if (isContext(value)) return `{${[...value].map(([key, item]) => `${key}: ${nested(item)}`).join(", ")}}`;
  if (value instanceof FeelRange) return rangeText(value);
  return temporalText(value);
}

function rangeText(range: FeelRange): string {
  if (range.operator) return `(${range.operator} ${nested(range.low ?? range.high)})`;
  const [opening, closing] = [range.lowIncluded ? "[" : "(", range.highIncluded ? "]" : ")"];
  return `${opening}${nested(range.low)}..${nested(range.high)}${closing}`;
}

function quoted(value: string): string {
  const escaped = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  return `"${escaped.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`;
}
