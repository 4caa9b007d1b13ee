/** What names a field inside a form document: expressions, checks, fills, the title. A new key is carried everywhere. */
import type { FieldDocument, FormDocument } from "./document";

type Names = readonly string[];
/** A path as an expression writes it, before and after. */
type Rename = (path: Names) => Names;

/** Built-in functions whose names are several words: their words name no field. */
const PHRASES = [
  "date and time",
  "years and months duration",
  "starts with",
  "ends with",
  "string length",
  "upper case",
  "lower case",
  "substring before",
  "substring after",
  "list contains",
  "list replace",
  "distinct values",
  "insert before",
  "index of",
  "get entries",
  "get value",
  "day of week",
  "day of year",
  "week of year",
  "month of year",
];
/** Text in quotes, a function's name, or a path of names; whatever else stands between is kept as it is. */
const PART = new RegExp(
  String.raw`"(?:[^"\\]|\\.)*"|(?:${PHRASES.join("|")})(?=\s*\()|[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*`,
  "g",
);

/** The FEEL text with its paths renamed. A name before `(` is a function (SEMANTICS §2). */
export function renamedInFeel(text: string, rename: Rename): string {
  return text.replace(PART, (part: string, at: number) => {
    const isCall = /^\s*\(/.test(text.slice(at + part.length)) && !part.includes(".");
    const isBehindDot = /\.\s*$/.test(text.slice(0, at));
    if (part.startsWith('"') || part.includes(" ") || isCall || isBehindDot) return part;
    const before = part.split(/\s*\.\s*/);
    const after = rename(before);
    return after.join() === before.join() ? part : after.join(".");
  });
}

const ROOTS = new Set(["record", "parent", "old"]);

/** Renames a field of the record; `shadowed`: bare names here are not the record's. */
function ofRecord(from: string, to: string, shadowed: boolean): Rename {
  return (path) => {
    const at = ROOTS.has(path[0] ?? "") ? 1 : 0;
    return path[at] === from && (at > 0 || !shadowed) ? path.with(at, to) : path;
  };
}

/** Renames a column where it is read through its table: `lines.amount`, `record.lines.amount`. */
function throughTable(table: string, from: string, to: string): Rename {
  return (path) => {
    const at = ROOTS.has(path[0] ?? "") ? 1 : 0;
    return path[at] === table && path[at + 1] === from ? path.with(at + 1, to) : path;
  };
}

const CONDITIONS = ["visible", "required", "readonly", "formula"] as const;

function ofField(field: FieldDocument, own: Rename, picked: Rename): FieldDocument {
  const changed: Record<string, unknown> = {};
  for (const property of CONDITIONS) {
    const text = field[property];
    if (typeof text === "string") changed[property] = renamedInFeel(text, own);
  }
  if (typeof field.default === "string" && field.default.startsWith("="))
    changed["default"] = renamedInFeel(field.default, own);
  const pick = field["pick"] as { where?: string } | undefined;
  if (pick?.where) changed["pick"] = { ...pick, where: renamedInFeel(pick.where, picked) };
  return { ...field, ...changed };
}

function fillRenamed(field: FieldDocument, from: string, to: string): FieldDocument {
  const fill = field["fill"] as Readonly<Record<string, string>> | undefined;
  return fill ? { ...field, fill: withKey(fill, from, to) } : field;
}

/** The map with one key changed, in the same order. */
export function withKey<Value>(
  map: Readonly<Record<string, Value>>,
  from: string,
  to: string,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key === from ? to : key, value]));
}

function mapFields(
  fields: FormDocument["fields"],
  change: (field: FieldDocument, key: string) => FieldDocument,
): FormDocument["fields"] {
  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, change(field, key)]));
}

/** Fields, checks and layout after a field of the record got another key; its own entry is not moved. */
export function recordFieldRenamed(document: FormDocument, from: string, to: string): FormDocument {
  const bare = ofRecord(from, to, false);
  const far = ofRecord(from, to, true);
  const column = (columns: FormDocument["fields"]) => (field: FieldDocument) =>
    ofField(field, from in columns ? far : bare, far);
  const fields = mapFields(document.fields, (field) => {
    const outer = fillRenamed(ofField(field, bare, far), from, to);
    return outer.fields ? { ...outer, fields: mapFields(outer.fields, column(outer.fields)) } : outer;
  });
  return elsewhere({ ...document, fields }, bare, (name) => (name === from ? to : name));
}

/** The same after a column of a sub-table got another key. */
export function columnRenamed(document: FormDocument, table: string, from: string, to: string): FormDocument {
  const through = throughTable(table, from, to);
  const near: Rename = (path) => (path[0] === from ? path.with(0, to) : through(path));
  const fields = mapFields(document.fields, (field, key) => {
    const outer = ofField(field, through, through);
    if (!outer.fields) return outer;
    const own = key === table ? near : through;
    const inner = mapFields(outer.fields, (column) => {
      const renamed = ofField(column, own, through);
      return key === table ? fillRenamed(renamed, from, to) : renamed;
    });
    return { ...outer, fields: inner };
  });
  return elsewhere({ ...document, fields }, through, (name) => name);
}

interface CheckNames {
  readonly reject?: string;
  readonly unique?: readonly string[];
  readonly at?: string;
}

function elsewhere(document: FormDocument, rename: Rename, name: (key: string) => string): FormDocument {
  const checks = document["checks"] as readonly CheckNames[] | undefined;
  return {
    ...document,
    ...(checks ? { checks: checks.map((check) => checkRenamed(check, rename, name)) } : {}),
    ...(document.layout
      ? { layout: inLayout(document.layout, rename) as NonNullable<FormDocument["layout"]> }
      : {}),
  };
}

function checkRenamed(check: CheckNames, rename: Rename, name: (key: string) => string): CheckNames {
  return {
    ...check,
    ...(check.reject === undefined ? {} : { reject: renamedInFeel(check.reject, rename) }),
    ...(check.unique === undefined ? {} : { unique: check.unique.map(name) }),
    ...(check.at === undefined ? {} : { at: name(check.at) }),
  };
}

/** Conditions of groups, at every depth. */
function inLayout(node: unknown, rename: Rename): unknown {
  if (Array.isArray(node)) return node.map((child) => inLayout(child, rename));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => {
    if (key === "visible" && typeof value === "string") return [key, renamedInFeel(value, rename)];
    return [key, key === "items" || key === "tabs" ? inLayout(value, rename) : value];
  });
  return Object.fromEntries(entries);
}
