import { t } from "@/i18n";
import type { FieldSpec } from "../contract";

export const spec: FieldSpec = {
  name: "select",
  group: "basic",
  icon: "select",
  words: "danxuan dx xiala xuanze select option choice dropdown status",
  span: 4,
  inSubtable: true,
  document: (label) => ({
    type: "select",
    label,
    options: [1, 2].map((number) => ({
      key: `option_${number}`,
      label: t("designer.options.new", { number }),
    })),
  }),
  check: (field, value) =>
    value === null || (field.options ?? []).some((option) => option.key === value)
      ? undefined
      : { key: "problem.option" },
};
