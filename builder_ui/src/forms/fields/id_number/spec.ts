import type { FieldSpec } from "../contract";
import { checkNotation } from "../text/notation";

export const spec: FieldSpec = {
  name: "id_number",
  group: "basic",
  icon: "badge",
  words: "shenfenzheng sfz zhengjian id card identity number",
  span: 6,
  inSubtable: true,
  document: (label) => ({ type: "id_number", label }),
  check: checkNotation,
};
