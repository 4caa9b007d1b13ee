import type { Decimal as Base } from "decimal.js";
import { checkText } from "../machine";
import { Decimal, Fault, type FeelValue } from "../values";
import { overload, type Overload } from "./signature";

/** Positions count code points from 1, negative ones from the end. */
function substring(text: string, start: Base, length?: Base | null): string {
  const points = [...text];
  const begin = start.trunc().toNumber();
  const count = length == null ? null : length.trunc().toNumber();
  if (begin === 0 || Math.abs(begin) > points.length || (count !== null && count < 1)) {
    throw new Fault("feel.function.value");
  }
  const first = begin > 0 ? begin - 1 : points.length + begin;
  return points.slice(first, count === null ? undefined : first + count).join("");
}

function join(items: readonly FeelValue[], delimiter?: string | null): string {
  const texts = items.filter((item) => item !== null);
  if (!texts.every((item) => typeof item === "string")) throw new Fault("feel.function.item");
  const joined = texts.join(delimiter ?? "");
  checkText(joined.length);
  return joined;
}

const before = (text: string, match: string) =>
  match ? text.slice(0, Math.max(text.indexOf(match), 0)) : "";

function after(text: string, match: string): string {
  if (!match) return text;
  const at = text.indexOf(match);
  return at < 0 ? "" : text.slice(at + match.length);
}

const two = (body: (text: string, match: string) => FeelValue) => [overload("string,string", body)];

export const STRING: Readonly<Record<string, readonly Overload[]>> = {
  "string length": [overload("string", (text: string) => new Decimal([...text].length))],
  "upper case": [overload("string", (text: string) => text.toUpperCase())],
  "lower case": [overload("string", (text: string) => text.toLowerCase())],
  "substring before": two(before),
  "substring after": two(after),
  contains: two((text, match) => text.includes(match)),
  "starts with": two((text, match) => text.startsWith(match)),
  "ends with": two((text, match) => text.endsWith(match)),
  substring: [overload("string,number,number?", substring)],
  "string join": [overload("list,string?", join)],
};
