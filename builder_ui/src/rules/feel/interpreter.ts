/** Walks the IR. Every operator gives what `engine/rules/feel/closures` gives, and meets the same problems. */
import { calculate, negate } from "./arithmetic";
import { fromOrdinal, ordinal } from "./calendar";
import { readDate, readDateTime, readDuration, readTime } from "./calendarText";
import { compare, contains, inOrder } from "./equality";
import { callBuiltIn } from "./functions";
import type { Ir, IrLoop, Order } from "./ir";
import { checkLength, checkText, type Machine } from "./machine";
import { propertyOf } from "./properties";
import { Decimal, Fault, FeelDate, FeelRange, isContext, isList, isNumber, type FeelValue } from "./values";

/** The names an expression binds itself, innermost first; an item brings its entries along. */
interface Scope {
  readonly name: string;
  readonly value: FeelValue;
  readonly isItem: boolean;
  readonly outer: Scope | null;
}

type Of<Tag extends Ir[0]> = Extract<Ir, readonly [Tag, ...unknown[]]>;

export function walk(machine: Machine, ir: Ir, scope: Scope | null = null): FeelValue {
  switch (ir[0]) {
    case "num":
      return new Decimal(ir[1]);
    case "str":
    case "bool":
      return ir[1];
    case "null":
      return null;
    case "at":
      return literal(ir);
    case "name":
      return readName(machine, ir[1], scope);
    case "path":
      return readPath(machine, walk(machine, ir[1], scope), ir[2]);
    case "list":
      machine.spend(ir[1].length);
      return ir[1].map((item) => walk(machine, item, scope));
    case "call":
      return call(machine, ir, scope);
    case "ctx":
      return context(machine, ir, scope);
    case "if":
      return choose(machine, ir, scope);
    case "for":
      return collect(machine, ir[1], ir[2], scope);
    case "some":
    case "every":
      return quantify(machine, ir, scope);
    case "filter":
      return filter(machine, ir, scope);
    case "item":
      return itemAt(machine, ir, scope);
    default:
      return operation(machine, ir, scope);
  }
}

function operation(machine: Machine, ir: Ir, scope: Scope | null): FeelValue {
  switch (ir[0]) {
    case "bin":
      return arithmetic(machine, ir, scope);
    case "neg":
      return machine.attempt(() => negate(walk(machine, ir[1], scope)));
    case "cmp":
      return compared(machine, ir[1], walk(machine, ir[2], scope), walk(machine, ir[3], scope));
    case "and":
    case "or":
      return logic(machine, ir, scope);
    case "between":
      return between(machine, ir, scope);
    case "in":
      return membership(machine, ir, scope);
    case "range":
      return range(machine, ir, scope);
    default:
      throw new TypeError(`The server sent an operation that this version does not know: ${ir[0]}`);
  }
}

function literal([, kind, text]: Of<"at">): FeelValue {
  if (kind === "date") return readDate(text);
  if (kind === "time") return readTime(text);
  return kind === "datetime" ? readDateTime(text) : readDuration(text);
}

// names

function readName(machine: Machine, name: string, scope: Scope | null): FeelValue {
  for (let at = scope; at; at = at.outer) {
    if (at.isItem && isContext(at.value) && at.value.has(name)) return at.value.get(name)!;
    if (at.name === name) return at.value;
  }
  const value = machine.names.get(name);
  if (value !== undefined) return value;
  return machine.fail(machine.declared.has(name) ? "feel.name.absent" : "feel.name.unknown");
}

function readPath(machine: Machine, value: FeelValue, name: string): FeelValue {
  if (value === null) return machine.fail("feel.value.null-path");
  if (!isList(value)) return entry(machine, value, name);
  machine.spend(value.length);
  return value.map((item) => entry(machine, item, name));
}

function entry(machine: Machine, value: FeelValue, name: string): FeelValue {
  if (isContext(value))
    return value.get(name) ?? (value.has(name) ? null : machine.fail("feel.name.no-entry"));
  const found = propertyOf(value, name);
  return found === undefined ? machine.fail("feel.value.no-property") : found;
}

function context(machine: Machine, [, entries]: Of<"ctx">, scope: Scope | null): FeelValue {
  machine.spend(entries.length);
  const made = new Map<string, FeelValue>();
  let inner = scope;
  for (const [name, ir] of entries) {
    if (made.has(name)) return machine.fail("feel.context.duplicate");
    const value = walk(machine, ir, inner);
    made.set(name, value);
    inner = { name, value, isItem: false, outer: inner };
  }
  return made;
}

function call(machine: Machine, [, name, written]: Of<"call">, scope: Scope | null): FeelValue {
  machine.spend(1);
  const values = written.map((argument) => walk(machine, argument, scope));
  return machine.attempt(() => callBuiltIn(name, values, machine));
}

// operators

function arithmetic(machine: Machine, [, operator, a, b]: Of<"bin">, scope: Scope | null): FeelValue {
  const left = walk(machine, a, scope);
  const right = walk(machine, b, scope);
  return machine.attempt(() => {
    const result = calculate(operator, left, right);
    if (typeof result === "string") checkText(result.length);
    return result;
  });
}

function compared(machine: Machine, operator: Order, left: FeelValue, right: FeelValue): boolean | null {
  return inOrder(operator, left, right) ?? incomparable(machine, left, right);
}

function incomparable(machine: Machine, left: FeelValue, right: FeelValue): null {
  const empty = left === null || right === null;
  return machine.fail(empty ? "feel.value.null-operand" : "feel.value.comparison");
}

const notBoolean = (machine: Machine, value: FeelValue) =>
  machine.fail(value === null ? "feel.value.null-operand" : "feel.value.operand");

/** `and` ends with the first false, `or` with the first true; a pair notes its problems after both are known. */
function logic(machine: Machine, ir: Of<"and" | "or">, scope: Scope | null): FeelValue {
  const [operator, ...operands] = ir;
  const decisive = operator === "or";
  const unknown: FeelValue[] = [];
  const late = operator === "and" && operands.length === 2;
  for (const operand of operands) {
    const value = walk(machine, operand, scope);
    if (value === decisive) return decisive;
    if (typeof value === "boolean") continue;
    unknown.push(value);
    if (!late) notBoolean(machine, value);
  }
  if (late) unknown.forEach((value) => notBoolean(machine, value));
  return unknown.length ? null : !decisive;
}

function choose(machine: Machine, [, condition, then, otherwise]: Of<"if">, scope: Scope | null): FeelValue {
  const verdict = walk(machine, condition, scope);
  if (verdict === true) return walk(machine, then, scope);
  if (verdict !== false) notBoolean(machine, verdict);
  return walk(machine, otherwise, scope);
}

function between(machine: Machine, [, value, low, high]: Of<"between">, scope: Scope | null): FeelValue {
  const [tested, bottom, top] = [value, low, high].map((part) => walk(machine, part, scope)) as [
    FeelValue,
    FeelValue,
    FeelValue,
  ];
  const above = compared(machine, ">=", tested, bottom);
  const below = compared(machine, "<=", tested, top);
  if (above === false || below === false) return false;
  return above && below ? true : null;
}

function membership(machine: Machine, [, value, tests]: Of<"in">, scope: Scope | null): FeelValue {
  let unknown = false;
  for (const test of tests) {
    const verdict = holds(machine, value, test, scope);
    if (verdict === true) return true;
    unknown ||= verdict === null;
  }
  return unknown ? null : false;
}

function holds(machine: Machine, value: Ir, test: Ir, scope: Scope | null): boolean | null {
  const tested = walk(machine, value, scope);
  if (test[0] === "test") return compared(machine, test[1], tested, walk(machine, test[2], scope));
  const against = walk(machine, test, scope);
  const verdict = contains(tested, against);
  if (verdict !== null) return verdict;
  const end = against instanceof FeelRange && tested !== null ? (against.low ?? against.high) : against;
  return incomparable(machine, tested, end);
}

function range(machine: Machine, [, kind, low, high]: Of<"range">, scope: Scope | null): FeelValue {
  const start = low && walk(machine, low, scope);
  if (!kind.startsWith("[") && !kind.startsWith("(")) return halfRange(machine, kind, start, high, scope);
  const end = high && walk(machine, high, scope);
  if (start !== null && end !== null) {
    const order = compare(start, end);
    if (order === null || order > 0) return machine.fail("feel.value.range-ends");
  }
  return new FeelRange(start, end, kind[0] === "[", kind[1] === "]", "");
}

function halfRange(
  machine: Machine,
  kind: string,
  start: FeelValue,
  high: Ir | null,
  scope: Scope | null,
): FeelRange {
  const point = kind === "=" || kind === "!=";
  const end = point ? start : high && walk(machine, high, scope);
  return new FeelRange(start, end, kind === ">=" || kind === "=", kind === "<=" || kind === "=", kind);
}

// loops

/** A turn that gives false ends all loops. */
type Turn = (scope: Scope | null) => boolean | null;

/** True after all turns, false when one ended them, null when a loop has nothing to run over. */
function nested(machine: Machine, loops: readonly IrLoop[], scope: Scope | null, turn: Turn): boolean | null {
  const [loop, ...inner] = loops;
  if (!loop) return turn(scope);
  const items = domain(machine, loop, scope);
  if (items === null) return null;
  machine.spend(items.length + 1);
  for (const value of items) {
    const outcome = nested(machine, inner, { name: loop[0], value, isItem: false, outer: scope }, turn);
    if (outcome !== true) return outcome;
  }
  return true;
}

function domain(machine: Machine, [, source, end]: IrLoop, scope: Scope | null): readonly FeelValue[] | null {
  const from = walk(machine, source, scope);
  const made = machine.attempt(() => {
    if (end) return steps(from, walk(machine, end, scope), true, true);
    if (from instanceof FeelRange) return steps(from.low, from.high, from.lowIncluded, from.highIncluded);
    if (from === null) throw new Fault("feel.value.null-operand");
    return isList(from) ? from : [from];
  });
  return isList(made) ? made : null;
}

/** Whole numbers or days, upwards or downwards; the length is checked before the list is built. */
function steps(low: FeelValue, high: FeelValue, lowIncluded: boolean, highIncluded: boolean): FeelValue[] {
  const days = low instanceof FeelDate && high instanceof FeelDate;
  const [first, last] = days ? [ordinal(low), ordinal(high)] : [wholeNumber(low), wholeNumber(high)];
  const step = last >= first ? 1 : -1;
  const begin = lowIncluded ? first : first + step;
  const count = Math.max((last - begin) * step + (highIncluded ? 1 : 0), 0);
  checkLength(count);
  const make = (value: number): FeelValue => (days ? fromOrdinal(value) : new Decimal(value));
  return Array.from({ length: count }, (_, index) => make(begin + step * index));
}

function wholeNumber(value: FeelValue): number {
  if (!isNumber(value) || !value.isInteger()) throw new Fault("feel.value.loop");
  return value.toNumber();
}

function collect(machine: Machine, loops: readonly IrLoop[], body: Ir, scope: Scope | null): FeelValue {
  const results: FeelValue[] = [];
  return machine.attempt(() => {
    const ended = nested(machine, loops, scope, (inner) => {
      results.push(walk(machine, body, usesPartial(body) ? withPartial(machine, results, inner) : inner));
      checkLength(results.length);
      return true;
    });
    return ended ? results : null;
  });
}

/** `partial` is the results so far, copied because they still grow. */
function withPartial(machine: Machine, results: readonly FeelValue[], outer: Scope | null): Scope {
  machine.spend(Math.floor(results.length / 16));
  return { name: "partial", value: [...results], isItem: false, outer };
}

const partials = new WeakMap<Ir, boolean>();

/** Whether a body may read `partial`, so that others need no copy of the results so far. */
function usesPartial(body: Ir): boolean {
  const known = partials.get(body);
  if (known !== undefined) return known;
  const found = JSON.stringify(body).includes('["name","partial"]');
  partials.set(body, found);
  return found;
}

function quantify(machine: Machine, [kind, loops, condition]: Of<"some" | "every">, scope: Scope | null) {
  const decisive = kind === "some";
  let unknown = false;
  const ended = nested(machine, loops, scope, (inner) => {
    const verdict = walk(machine, condition, inner);
    unknown ||= typeof verdict !== "boolean";
    return verdict !== decisive;
  });
  if (ended === null) return null;
  if (!ended) return decisive;
  return unknown ? null : !decisive;
}

function filter(machine: Machine, [, target, condition]: Of<"filter">, scope: Scope | null): FeelValue {
  const items = itemsOf(walk(machine, target, scope));
  if (!items.length) return items;
  machine.spend(items.length + 1);
  const kept: FeelValue[] = [];
  for (const item of items) {
    const verdict = walk(machine, condition, { name: "item", value: item, isItem: true, outer: scope });
    if (verdict === true) kept.push(item);
    else if (isNumber(verdict)) return atPosition(machine, items, verdict);
    else if (verdict !== false && verdict !== null) return machine.fail("feel.value.operand");
  }
  return kept;
}

const itemsOf = (value: FeelValue) => (isList(value) ? value : value === null ? [] : [value]);

/** A filter whose condition is a number: a position. */
function itemAt(machine: Machine, [, target, index]: Of<"item">, scope: Scope | null): FeelValue {
  const value = walk(machine, target, scope);
  const literal = literalPosition(index);
  if (literal !== null) return atPosition(machine, isList(value) ? value : [value], new Decimal(literal));
  const items = itemsOf(value);
  const first = { name: "item", value: items[0] ?? null, isItem: true, outer: scope };
  const position = walk(machine, index, first);
  return isNumber(position) ? atPosition(machine, items, position) : machine.fail("feel.value.operand");
}

function literalPosition(condition: Ir): string | null {
  const [sign, number] = condition[0] === "neg" ? ["-", condition[1]] : ["", condition];
  return number[0] === "num" && !number[1].includes(".") ? sign + number[1] : null;
}

function atPosition(machine: Machine, items: readonly FeelValue[], position: FeelValue): FeelValue {
  const place = isNumber(position) && position.isInteger() ? position.toNumber() : 0;
  if (place === 0 || Math.abs(place) > items.length) return machine.fail("feel.value.position");
  return items[place > 0 ? place - 1 : items.length + place]!;
}
