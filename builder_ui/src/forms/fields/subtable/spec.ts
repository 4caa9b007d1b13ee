import { t } from "@/i18n";
import type { FieldSpec } from "../contract";

export const spec: FieldSpec = {
  name: "subtable",
  group: "linked",
  icon: "subform",
  words: "zibiaodan zbd mingxi zibiao subtable lines detail rows grid table",
  span: 12,
  inSubtable: false,
  document: (label) => ({
    type: "subtable",
    label,
    fields: { name: { type: "text", label: t("designer.new-column"), required: true } },
  }),
  check: (field, value) => {
    const count = Array.isArray(value) ? value.length : 0;
    const most = field.props["max_rows"];
    const least = field.props["min_rows"];
    if (typeof most === "number" && count > most) return { key: "problem.max-rows", params: { max: most } };
    if (typeof least === "number" && count < least)
      return { key: "problem.min-rows", params: { min: least } };
    return undefined;
  },
};
