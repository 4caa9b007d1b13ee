import type { FieldRender, FieldTypeName } from "@/api";
import type { Translate } from "@/i18n";
import { PLACEABLE_SYSTEM_FIELDS } from "../model/layout";
import type { SystemFields } from "../model/preview";

/** Owner and department, which a layout may place although no form declares them. */
export function systemFields(t: Translate): SystemFields {
  const entries = PLACEABLE_SYSTEM_FIELDS.map((key): [string, FieldRender] => {
    const type: FieldTypeName = key === "owner" ? "member" : "department";
    const constants = {
      access: "read",
      computed: false,
      visible: true,
      required: false,
      readonly: true,
    } as const;
    return [key, { key, type, label: t(`designer.system.${key}`), ...constants, props: {} }];
  });
  return Object.fromEntries(entries);
}
