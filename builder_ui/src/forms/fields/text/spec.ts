import type { FieldSpec } from "../contract";
import { checkLength } from "./check";

export const spec: FieldSpec = {
  name: "text",
  group: "basic",
  icon: "text",
  words: "danhangwenben dhwb wenben wenzi text string single line name",
  span: 6,
  inSubtable: true,
  document: (label) => ({ type: "text", label }),
  check: checkLength,
};
