import type { FieldSpec } from "../contract";

export const spec: FieldSpec = {
  name: "relation",
  group: "linked",
  icon: "relation",
  words: "guanlianjilu gljl guanlian relation link lookup reference record",
  span: 6,
  inSubtable: true,
  document: (label) => ({ type: "relation", label }),
  check: () => undefined,
};
