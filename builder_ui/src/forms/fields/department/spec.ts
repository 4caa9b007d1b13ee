import type { FieldSpec } from "../contract";

export const spec: FieldSpec = {
  name: "department",
  group: "people",
  icon: "dept",
  words: "bumen bm zuzhi department team organisation unit",
  span: 4,
  inSubtable: true,
  document: (label) => ({ type: "department", label }),
  check: () => undefined,
};
