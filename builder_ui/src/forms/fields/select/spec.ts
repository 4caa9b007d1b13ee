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
    options: [
      { key: "option_1", label: { "zh-CN": "选项 1", en: "Option 1" } },
      { key: "option_2", label: { "zh-CN": "选项 2", en: "Option 2" } },
    ],
  }),
  check: (field, value) =>
    value === null || (field.options ?? []).some((option) => option.key === value)
      ? undefined
      : { key: "problem.option" },
};
