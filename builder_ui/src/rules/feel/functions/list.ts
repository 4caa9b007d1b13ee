import type { Decimal as Base } from "decimal.js";
import { calculate } from "../arithmetic";
import { compare, same } from "../equality";
import { checkLength } from "../machine";
import { Decimal, Fault, isList, isNumber, kindOf, type FeelValue } from "../values";
import { overload, type Body, type Overload } from "./signature";

type Items = readonly FeelValue[];

const number = (value: number) => new Decimal(value);
const itemsOf = (values: Items): Items => (values.length === 1 && isList(values[0]!) ? values[0] : values);

/** A fraction of the position is cut off. */
function indexAt(items: Items, position: Base): number {
  const place = position.trunc().toNumber();
  if (place === 0 || Math.abs(place) > items.length) throw new Fault("feel.function.value");
  return place > 0 ? place - 1 : items.length + place;
}

const holds = (items: Items, element: FeelValue) => items.some((item) => same(item, element));

function sublist(items: Items, start: Base, length?: Base | null): Items {
  const first = indexAt(items, start);
  if (length == null) return items.slice(first);
  const count = length.trunc().toNumber();
  if (count < 1 || first + count > items.length) throw new Fault("feel.function.value");
  return items.slice(first, first + count);
}

function limited(items: Items): Items {
  checkLength(items.length);
  return items;
}

function distinct(items: Items): Items {
  const kept: FeelValue[] = [];
  for (const item of items) if (!holds(kept, item)) kept.push(item);
  return kept;
}

/** Three-valued and (decisive false) or or (decisive true). */
const fold =
  (decisive: boolean): Body =>
  (...values: Items) => {
    if (values.length === 1 && values[0] === null) throw new Fault("feel.function.null-argument");
    const items = itemsOf(values);
    if (items.some((item) => item !== null && typeof item !== "boolean"))
      throw new Fault("feel.function.item");
    if (items.includes(decisive)) return decisive;
    return items.includes(null) ? null : !decisive;
  };

function numbers(values: Items): Base[] {
  const items = itemsOf(values);
  if (!items.every(isNumber)) throw new Fault("feel.function.item");
  if (!items.length) throw new Fault("feel.function.empty");
  return [...items];
}

const extreme =
  (direction: number): Body =>
  (...values: Items) => {
    const [first, ...rest] = itemsOf(values);
    if (first === undefined) throw new Fault("feel.function.empty");
    let best: FeelValue = first;
    for (const item of [first, ...rest]) {
      const order = compare(item, best);
      if (order === null) throw new Fault("feel.function.mixed");
      if (order === direction) best = item;
    }
    return best;
  };

const SUMMABLE = ["number", "days and time duration", "years and months duration"];

function total(...values: Items): FeelValue {
  const items = itemsOf(values);
  if (!items.length) throw new Fault("feel.function.empty");
  if (!items.every((item) => SUMMABLE.includes(kindOf(item)))) throw new Fault("feel.function.item");
  return items.reduce((sum, item) => calculate("+", sum, item));
}

function median(...values: Items): FeelValue {
  const sorted = numbers(values).sort((a, b) => a.comparedTo(b));
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2) return sorted[middle]!;
  return Decimal.div(Decimal.add(sorted[middle - 1]!, sorted[middle]!), 2);
}

const aggregate = (body: Body): readonly Overload[] => [overload("list", body), overload("*...", body)];

export const LIST: Readonly<Record<string, readonly Overload[]>> = {
  "list contains": [overload("list,*", holds)],
  count: [
    overload("list", (items: Items) => number(items.length)),
    overload("*...", (...all) => number(all.length)),
  ],
  sublist: [overload("list,number,number?", sublist)],
  append: [overload("list,*...", (items: Items, ...more: Items) => limited([...items, ...more]))],
  concatenate: [overload("list...", (...lists: Items[]) => limited(lists.flat()))],
  remove: [overload("list,number", (items: Items, at: Base) => items.toSpliced(indexAt(items, at), 1))],
  reverse: [overload("list", (items: Items) => items.toReversed())],
  "index of": [
    overload("list,*", (items: Items, match: FeelValue) =>
      items.flatMap((item, index) => (same(item, match) ? [number(index + 1)] : [])),
    ),
  ],
  union: [overload("list...", (...lists: Items[]) => distinct(limited(lists.flat())))],
  "distinct values": [overload("list", distinct)],
  flatten: [overload("list", (items: Items) => limited((items as unknown[]).flat(Infinity) as FeelValue[]))],
  all: aggregate(fold(false)),
  any: aggregate(fold(true)),
  min: aggregate(extreme(-1)),
  max: aggregate(extreme(1)),
  sum: aggregate(total),
  mean: aggregate((...values: Items) => calculate("/", total(...values), number(itemsOf(values).length))),
  product: aggregate((...values: Items) =>
    numbers(values).reduce<FeelValue>((a, b) => calculate("*", a, b), number(1)),
  ),
  median: aggregate(median),
};
