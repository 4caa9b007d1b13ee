import type { FieldSpec } from "../contract";

export const spec: FieldSpec = {
  name: "checkbox",
  group: "basic",
  icon: "switch",
  words: "kaiguan kg gouxuan shifou checkbox switch yes no boolean",
  span: 4,
  inSubtable: true,
  document: (label) => ({ type: "checkbox", label }),
  check: () => undefined,
};
