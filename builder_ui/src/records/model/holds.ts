import type { FieldRender, FormRender, HeldBy, RecordView } from "@/api";

/** The form's fields that a process holds and this person could change otherwise. */
export function heldFields(form: FormRender, { fields }: HeldBy): FieldRender[] {
  return Object.values(form.fields).filter(
    ({ key, access, computed }) =>
      access === "write" && !computed && (fields === null || fields.includes(key)),
  );
}

/** Whether nothing of the form can be changed as long as it is held. */
export function isWhollyHeld({ held_by = [] }: RecordView): boolean {
  return held_by.some(({ fields }) => fields === null);
}

/** The form in which held fields can only be read, each with the reason. */
export function heldForm(form: FormRender, record: RecordView, reason: (held: HeldBy) => string): FormRender {
  const held = (record.held_by ?? []).flatMap((one) =>
    heldFields(form, one).map((field): [string, FieldRender] => [
      field.key,
      { ...field, access: "read", hint: reason(one) },
    ]),
  );
  return held.length === 0 ? form : { ...form, fields: { ...form.fields, ...Object.fromEntries(held) } };
}
