/**
 * Between JSON as the API sends it and values of expressions, by declared type.
 *
 * A type is a name, `["select", …keys]`, `[item]` for a list, `{name: type}` for a context or
 * `["reference", {id: "number", …}]` for a record, user or department, which equals another of the same id.
 * A context is what its
 * type declares: other entries stay unseen, missing ones are null. A `datetime` becomes the wall clock of the zone.
 */
import { fromInstant, instant } from "./calendar";
import { readDate, readDateTime, readDuration, readTime, temporalText } from "./calendarText";
import {
  Decimal,
  FeelDateTime,
  FeelRange,
  isContext,
  isList,
  isNumber,
  Reference,
  type FeelValue,
} from "./values";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type TypeName =
  "any" | "number" | "string" | "boolean" | "date" | "time" | "datetime" | "days" | "months";
export type FeelType =
  TypeName | readonly ["select", ...string[]] | readonly [FeelType] | ReferenceType | Fields;

export function fromJson(value: Json | undefined, type: FeelType, zone: string): FeelValue {
  if (value === null || value === undefined) return null;
  if (typeof type === "string") return scalar(value, type, zone);
  if (!isTuple(type)) return new Map(entriesOf(value, type, zone));
  if (type[0] === "select") return typeof value === "string" ? value : null;
  if (isReference(type)) return new Reference(entriesOf(value, type[1], zone));
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return items.map((item) => fromJson(item, type[0], zone));
}

type Fields = { readonly [name: string]: FeelType };
type ReferenceType = readonly ["reference", Fields];

const isTuple = (type: FeelType): type is Exclude<FeelType, TypeName | Fields> => Array.isArray(type);

const isReference = (type: readonly unknown[]): type is ReferenceType => type[0] === "reference";

function entriesOf(value: Json, fields: Fields, zone: string): [string, FeelValue][] {
  const given = typeof value === "object" && !Array.isArray(value) ? (value as Record<string, Json>) : {};
  return Object.entries(fields).map(([name, part]) => [
    name,
    fromJson(Object.hasOwn(given, name) ? given[name] : null, part, zone),
  ]);
}

function scalar(value: Json, type: TypeName, zone: string): FeelValue {
  if (type === "any") return untyped(value);
  if (type === "boolean") return typeof value === "boolean" ? value : null;
  if (type === "number") return number(value);
  if (typeof value !== "string") return null;
  if (type === "date") return readDate(value);
  if (type === "time") return readTime(value);
  if (type === "datetime") return inZone(value, zone);
  return type === "string" ? value : readDuration(value);
}

/** A number, or its exact digits as text. */
function number(value: Json): FeelValue {
  const exact =
    typeof value === "number" ? Number.isFinite(value) : typeof value === "string" && DIGITS.test(value);
  return exact ? new Decimal(value as number | string) : null;
}

const DIGITS = /^-?[0-9]{1,34}(\.[0-9]{1,34})?$/;

export function inZone(value: string, zone: string): FeelDateTime | null {
  const moment = readDateTime(value);
  return moment && fromInstant(instant(moment), zone);
}

function untyped(value: Json): FeelValue {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return number(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(untyped);
  return new Map(Object.entries(value as Record<string, Json>).map(([name, item]) => [name, untyped(item)]));
}

/** JSON as the API takes it: the nearest double for a number, UTC with `Z` for a moment with a zone. */
export function toJson(value: FeelValue): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (isNumber(value)) return value.toNumber();
  if (isList(value)) return value.map(toJson);
  if (isContext(value)) return Object.fromEntries([...value].map(([name, item]) => [name, toJson(item)]));
  if (value instanceof FeelRange) return null;
  if (value instanceof FeelDateTime && value.time.zone !== null) {
    return temporalText(fromInstant(instant(value), "UTC")).replace("@UTC", "Z");
  }
  return temporalText(value);
}
