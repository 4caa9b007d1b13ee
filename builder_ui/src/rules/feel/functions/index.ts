/** The built-in functions that the browser claims (`CLAIMED` in `engine/rules/feel/ir.py`). */
import type { Machine } from "../machine";
import { Fault, type FeelValue } from "../values";
import { CONVERSION } from "./conversion";
import { LIST } from "./list";
import { NUMBER } from "./number";
import { callOverloads, type Overload } from "./signature";
import { STRING } from "./string";

const FUNCTIONS: ReadonlyMap<string, readonly Overload[]> = new Map(
  [CONVERSION, NUMBER, STRING, LIST].flatMap((family) => Object.entries(family)),
);

export const FUNCTION_NAMES: readonly string[] = [...FUNCTIONS.keys()].sort();

export function callBuiltIn(name: string, values: readonly FeelValue[], machine: Machine): FeelValue {
  const overloads = FUNCTIONS.get(name);
  if (!overloads) throw new Fault("feel.function.unknown");
  return callOverloads(overloads, values, machine);
}
