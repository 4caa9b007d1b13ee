import type { FieldSpec } from "../contract";

export const spec: FieldSpec = {
  name: "auto_number",
  group: "linked",
  icon: "serial",
  words: "zidongbianhao zdbh bianhao liushui auto number serial sequence",
  span: 4,
  inSubtable: false,
  document: (label) => ({ type: "auto_number", label, pattern: "{yyyy}{MM}-{seq:4}", reset: "month" }),
  check: () => undefined,
};
