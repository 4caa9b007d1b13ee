/**
 * Whether the browser holds everything an expression reads. A reference is here with id and title only, `user` with
 * what /me tells, and settings or other forms not at all: such expressions are asked from the server.
 */
import type { Expr, FieldRender, FormRender } from "@/api";

type Ir = readonly unknown[];

const REFERENCES: ReadonlySet<string> = new Set(["relation", "member", "department"]);
const KNOWN_OF_REFERENCE: ReadonlySet<string> = new Set(["id", "title"]);
const KNOWN_OF_USER: ReadonlySet<string> = new Set(["id"]);
const ABSENT_NAMES: ReadonlySet<string> = new Set(["settings", "old"]);

/** What a part of an expression stands for, as far as paths can go on from it. */
type Meaning =
  { fields: Readonly<Record<string, FieldRender>> } | { field: FieldRender } | "user" | "absent" | undefined;

export function isClaimed(form: FormRender, { ir }: Expr): boolean {
  return Array.isArray(ir) && holds(form, ir as Ir);
}

function holds(form: FormRender, ir: Ir): boolean {
  if (ir[0] === "name" && meaningOf(form, ir) === "absent") return false;
  if (ir[0] === "path" && !isPathHeld(form, ir)) return false;
  return ir.every((part) => !Array.isArray(part) || holds(form, part as Ir));
}

function isPathHeld(form: FormRender, [, base, name]: Ir): boolean {
  const meaning = Array.isArray(base) ? meaningOf(form, base as Ir) : undefined;
  if (meaning === "user") return KNOWN_OF_USER.has(String(name));
  if (meaning && typeof meaning === "object" && "field" in meaning && REFERENCES.has(meaning.field.type)) {
    return KNOWN_OF_REFERENCE.has(String(name));
  }
  return true;
}

function meaningOf(form: FormRender, [kind, first, name]: Ir): Meaning {
  if (kind === "name") return meaningOfName(form, String(first));
  if (kind !== "path" || !Array.isArray(first)) return undefined;
  const base = meaningOf(form, first as Ir);
  if (base === undefined || typeof base === "string") return base;
  const fields = "fields" in base ? base.fields : (base.field.fields ?? {});
  const field = fields[String(name)];
  return field && { field };
}

function meaningOfName(form: FormRender, name: string): Meaning {
  if (name === "user") return "user";
  if (ABSENT_NAMES.has(name)) return "absent";
  if (name === "record" || name === "parent") return { fields: form.fields };
  const field = form.fields[name] ?? columnNamed(form, name);
  return field && { field };
}

/** Inside a row bare names are its columns; a record's field of the same name is of no other kind in our forms. */
function columnNamed(form: FormRender, name: string): FieldRender | undefined {
  const tables = Object.values(form.fields).flatMap((field) => (field.fields ? [field.fields] : []));
  return tables.map((columns) => columns[name]).find((column) => column !== undefined);
}
