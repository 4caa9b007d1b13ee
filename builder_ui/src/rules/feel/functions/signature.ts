/** How arguments find the parameters of a function; the twin of `engine/rules/feel/functions/signature.py`. */
import type { Machine } from "../machine";
import {
  Fault,
  FeelDateTime,
  FeelTime,
  isList,
  kindOf,
  FeelDate,
  type FeelValue,
  type Kind,
} from "../values";

export interface Parameter {
  /** None = any value, null included. */
  readonly kinds: readonly Kind[];
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly many: boolean;
}

/** Bodies read what the parameters let through, hence the loose arguments. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Body = (...values: any[]) => FeelValue;

export interface Overload {
  readonly parameters: readonly Parameter[];
  readonly body: Body;
  /** The machine is the first argument. */
  readonly withMachine: boolean;
}

/** `"number"`, `"string?"` optional and nullable, `"string!"` nullable, `"*"` anything, `"*..."` all the rest. */
export function overload(written: string, body: Body, withMachine = false): Overload {
  const parameters = written ? written.split(",").map((part) => parameter(part.trim())) : [];
  return { parameters, body, withMachine };
}

function parameter(written: string): Parameter {
  const many = written.endsWith("...");
  const optional = written.endsWith("?");
  const plain = written.replace(/(\.\.\.|[?!])$/, "");
  const kinds = plain === "*" ? [] : (plain.split("|") as Kind[]);
  return { kinds, optional, many, nullable: optional || written.endsWith("!") };
}

export function callOverloads(
  overloads: readonly Overload[],
  values: readonly FeelValue[],
  machine: Machine,
): FeelValue {
  const candidates = overloads.filter((one) => takes(one, values.length));
  for (const one of candidates) {
    const bound = bind(one, values);
    if (bound) return one.withMachine ? one.body(machine, ...bound) : one.body(...bound);
  }
  const [first] = candidates;
  if (!first) throw new Fault("feel.function.count");
  const misfit = values.find((value, index) => accept(parameterAt(first, index), value) === undefined);
  throw new Fault(misfit === null ? "feel.function.null-argument" : "feel.function.argument");
}

function takes({ parameters }: Overload, count: number): boolean {
  const required = parameters.filter((parameter) => !parameter.optional).length;
  return count >= required && (parameters.at(-1)?.many === true || count <= parameters.length);
}

const parameterAt = ({ parameters }: Overload, index: number) =>
  parameters[Math.min(index, parameters.length - 1)]!;

function bind(one: Overload, values: readonly FeelValue[]): readonly FeelValue[] | null {
  const bound = values.map((value, index) => accept(parameterAt(one, index), value));
  return bound.includes(undefined) ? null : (bound as FeelValue[]);
}

/** The value after coercion, or `undefined` when it does not fit. */
function accept({ kinds, nullable }: Parameter, value: FeelValue): FeelValue | undefined {
  if (!kinds.length) return value;
  if (value === null) return nullable ? null : undefined;
  for (const kind of kinds) {
    const coerced = coerce(value, kind);
    if (coerced !== undefined && (coerced !== null || nullable)) return coerced;
  }
  return undefined;
}

/** A single value is a list of one, and a list of one its item; a date is midnight UTC. */
function coerce(value: FeelValue, kind: Kind): FeelValue | undefined {
  if (value === null || kindOf(value) === kind) return value;
  if (kind === "list") return [value];
  if (isList(value) && value.length === 1) return coerce(value[0]!, kind);
  if (value instanceof FeelDate && kind === "date and time") {
    return new FeelDateTime(value, new FeelTime(0, 0, 0, 0, 0));
  }
  return undefined;
}
