import type { FieldSpec } from "../contract";
import { checkNotation } from "../text/notation";

export const spec: FieldSpec = {
  name: "phone",
  group: "basic",
  icon: "call",
  words: "dianhua dh shouji sj lianxi phone mobile telephone",
  span: 4,
  inSubtable: true,
  document: (label) => ({ type: "phone", label }),
  check: checkNotation,
};
