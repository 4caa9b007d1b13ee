import type { FieldRender, FieldTypeName, FormRender } from "@/api";

/** Every field of the form that this person may see, the form's own first, then the system's. */
export function allFields(form: FormRender): Record<string, FieldRender> {
  return { ...form.fields, ...form.system };
}

export function isListed(field: FieldRender): boolean {
  return field.type !== "subtable" && field.type !== "longtext";
}

const FIRST_COLUMNS = 7;

/** Columns without a view or a choice: the first short fields, then who owns it. */
export function defaultColumns(form: FormRender): string[] {
  const own = Object.values(form.fields)
    .filter(isListed)
    .slice(0, FIRST_COLUMNS)
    .map((field) => field.key);
  return "owner" in form.system && !own.includes("owner") ? [...own, "owner"] : own;
}

const RIGHT: readonly FieldTypeName[] = ["number", "money", "percent"];

export function isNumeric(type: FieldTypeName): boolean {
  return RIGHT.includes(type);
}

const WIDTHS: Record<FieldTypeName, number> = {
  text: 180,
  longtext: 240,
  number: 110,
  money: 140,
  percent: 100,
  date: 120,
  datetime: 150,
  checkbox: 80,
  select: 130,
  relation: 180,
  member: 130,
  department: 130,
  subtable: 80,
  auto_number: 150,
};

/** Width of a list column in px; the first column, the record's name, gets more. */
export function columnWidth(field: FieldRender, first: boolean): number {
  return first ? Math.max(220, WIDTHS[field.type]) : WIDTHS[field.type];
}
