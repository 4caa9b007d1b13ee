/** Field rights of a flow node over those of the form (design/flows.md): narrower, or opened for this task. */
import type { FieldRender, FormRender } from "@/api";

export type FieldRight = "hidden" | "read" | "write" | "required";
export type FieldRights = Readonly<Record<string, FieldRight>>;

export function withRights(form: FormRender, rights: FieldRights | undefined): FormRender {
  if (rights === undefined) return form;
  const fields = Object.entries(form.fields).flatMap(([key, field]): [string, FieldRender][] => {
    const right = rights[key];
    if (right === "hidden") return [];
    return [[key, right === undefined ? field : withRight(field, right)]];
  });
  return { ...form, fields: Object.fromEntries(fields) };
}

function withRight(field: FieldRender, right: Exclude<FieldRight, "hidden">): FieldRender {
  if (right === "read") return { ...field, access: "read" };
  return { ...field, access: "write", readonly: false, ...(right === "required" ? { required: true } : {}) };
}
