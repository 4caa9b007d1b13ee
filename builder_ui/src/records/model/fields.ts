import type { FieldRender, FieldTypeName, FormRender } from "@/api";

/** Every field of the form that this person may see, the form's own first, then the system's. */
export function allFields(form: FormRender): Record<string, FieldRender> {
  return { ...form.fields, ...form.system };
}

export function isListed(field: FieldRender): boolean {
  return field.type !== "subtable" && field.type !== "longtext";
}

const FIRST_COLUMNS = 7;

/** The field whose value names a record: the first one that the form's title, e.g. "{no} {name}", refers to. */
export function namingField(form: FormRender): string | undefined {
  const keys =
    typeof form.title === "string" ? [...form.title.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? "") : [];
  return keys.find((key) => key in form.fields);
}

/** Columns without a view or a choice: what names the record, then short fields that tell records apart. */
export function defaultColumns(form: FormRender): string[] {
  const naming = namingField(form);
  const listed = Object.values(form.fields).filter((field) => isListed(field) && field.key !== naming);
  const telling = listed.filter((field) => field.type !== "text" && field.type !== "checkbox");
  const chosen = [...telling, ...listed.filter((field) => !telling.includes(field))].slice(
    0,
    FIRST_COLUMNS - 1,
  );
  const own = [
    ...(naming ? [naming] : []),
    ...listed.filter((field) => chosen.includes(field)).map((field) => field.key),
  ];
  return "owner" in form.system ? [...own, "owner"] : own;
}

const RIGHT: readonly FieldTypeName[] = ["number", "money", "percent"];

export function isNumeric(type: FieldTypeName): boolean {
  return RIGHT.includes(type);
}

const WIDTHS: Record<FieldTypeName, number> = {
  text: 180,
  longtext: 240,
  email: 200,
  phone: 150,
  url: 200,
  id_number: 190,
  credit_code: 190,
  number: 110,
  money: 140,
  percent: 100,
  rating: 110,
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

/** Width of a list column in px; the one of the record's name gets more. */
export function columnWidth(field: FieldRender, lead: boolean): number {
  return lead ? Math.max(220, WIDTHS[field.type]) : WIDTHS[field.type];
}
