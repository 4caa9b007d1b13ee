import type { FieldSpec } from "../contract";
import { checkNumber } from "./check";

export const spec: FieldSpec = {
  name: "number",
  group: "basic",
  icon: "number",
  words: "shuzi sz shuliang number quantity integer decimal",
  span: 4,
  inSubtable: true,
  document: (label) => ({ type: "number", label }),
  check: (field, value) => checkNumber(field, value),
};
