import type { FieldSpec } from "../contract";

export const spec: FieldSpec = {
  name: "member",
  group: "people",
  icon: "user",
  words: "chengyuan cy renyuan yonghu member user person people",
  span: 4,
  inSubtable: true,
  document: (label) => ({ type: "member", label }),
  check: () => undefined,
};
