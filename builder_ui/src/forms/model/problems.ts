/** Where a problem belongs: its JSON Pointer read as a field, a property, a row, a layout node. */
import type { Problem } from "@/api";
import type { Path } from "./layout";

export interface ProblemPlace {
  readonly field?: string;
  readonly sub?: string;
  /** Row of a sub-table, by position. */
  readonly row?: number;
  readonly property?: string;
  readonly check?: number;
  readonly layout?: Path;
}

export function pointerParts(pointer: string | null | undefined): string[] {
  if (!pointer?.startsWith("/")) return [];
  return pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The place of a problem in a form document: `/fields/lines/fields/qty/min`, `/layout/0/items/2`, `/checks/1`. */
export function placeInDocument(at: string | null | undefined): ProblemPlace {
  const [area, first, ...rest] = pointerParts(at);
  if (first === undefined) return {};
  if (area === "fields") return placeInField(first, rest);
  if (area === "checks") return { check: Number(first) };
  return area === "layout" ? { layout: layoutPath([first, ...rest]) } : {};
}

function placeInField(field: string, rest: readonly string[]): ProblemPlace {
  const [property, sub, inner] = rest;
  if (property === "fields" && sub !== undefined)
    return { field, sub, ...(inner ? { property: inner } : {}) };
  return { field, ...(property ? { property } : {}) };
}

/** `0/items/2/tabs/1` → [0, 2, 1]: the words between the indexes carry nothing. */
function layoutPath(parts: readonly string[]): Path {
  return parts.filter((part) => /^\d+$/.test(part)).map(Number);
}

/** The place of a problem in submitted values: `/values/amount`, `/lines/0/values/qty`, `/lines/create/0/qty`. */
export function placeInValues(at: string | null | undefined): ProblemPlace {
  const parts = pointerParts(at);
  const [field, ...rest] = parts[0] === "values" ? parts.slice(1) : parts;
  if (field === undefined) return {};
  const inner = rest.filter((part) => !["values", "create", "update"].includes(part));
  const row = inner.find((part) => /^\d+$/.test(part));
  const sub = inner.find((part) => !/^\d+$/.test(part));
  return { field, ...(row === undefined ? {} : { row: Number(row) }), ...(sub === undefined ? {} : { sub }) };
}

/** The messages at one field of the document, or at one of its properties. */
export function messagesAt(
  problems: readonly Problem[],
  field: string,
  sub?: string,
  property?: string,
): Problem[] {
  return problems.filter((problem) => {
    const place = placeInDocument(problem.at);
    const here = place.field === field && (sub === undefined || place.sub === sub);
    return here && (property === undefined || place.property === property);
  });
}
