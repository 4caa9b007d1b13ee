import type { FieldSpec } from "../contract";
import { checkNumber } from "../number/check";

export const spec: FieldSpec = {
  name: "money",
  group: "basic",
  icon: "money",
  words: "jine je jiage qian money amount price currency",
  span: 4,
  inSubtable: true,
  document: (label) => ({ type: "money", label }),
  check: (field, value) => checkNumber(field, value),
};
