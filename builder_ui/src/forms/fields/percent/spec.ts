import type { FieldSpec } from "../contract";
import { checkNumber } from "../number/check";

export const spec: FieldSpec = {
  name: "percent",
  group: "basic",
  icon: "percent",
  words: "baifenbi bfb bili percent rate ratio",
  span: 4,
  inSubtable: true,
  document: (label) => ({ type: "percent", label }),
  check: (field, value) => checkNumber(field, value, true),
};
