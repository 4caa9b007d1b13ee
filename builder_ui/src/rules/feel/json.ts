/**
 * Between JSON as the API sends it and values of expressions, by declared type.
 *
 * A type is a name, `["select", …keys]`, `[item]` for a list or `{name: type}` for a context. A context is what its
 * type declares: other entries stay unseen, missing ones are null. A `datetime` becomes the wall clock of the zone.
 */
import { fromInstant, instant } from "./calendar";
import { readDate, readDateTime, readDuration, readTime, temporalText } from "./calendarText";
import { Decimal, FeelDateTime, FeelRange, isContext, isList, isNumber, type FeelValue } from "./values";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type TypeName =
  "any" | "number" | "string" | "boolean" | "date" | "time" | "datetime" | "days" | "months";
export type FeelType =
  TypeName | readonly ["select", ...string[]] | readonly [FeelType] | { readonly [name: string]: FeelType };

export function fromJson(value: Json | undefined, type: FeelType, zone: string): FeelValue {
  if (value === null || value === undefined) return null;
  if (typeof type === "string") return scalar(value, type, zone);
  if (isListType(type)) {
    return type[0] === "select"
      ? text(value)
      : items(value).map((item) => fromJson(item, type[0] as FeelType, zone));
  }
  const entries = typeof value === "object" && !Array.isArray(value) ? (value as Record<string, Json>) : {};
  return new Map(
    Object.entries(type).map(([name, part]) => [
      name,
      fromJson(Object.hasOwn(entries, name) ? entries[name] : null, part, zone),
    ]),
  );
}

const isListType = (type: FeelType): type is readonly ["select", ...string[]] | readonly [FeelType] =>
  Array.isArray(type);
const items = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value as Json]);
const text = (value: Json): FeelValue => (typeof value === "string" ? value : null);

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
