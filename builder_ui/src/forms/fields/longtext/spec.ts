import type { FieldSpec } from "../contract";
import { checkLength } from "../text/check";

export const spec: FieldSpec = {
  name: "longtext",
  group: "basic",
  icon: "longtext",
  words: "duohangwenben dhwb beizhu long text multi line note description",
  span: 12,
  inSubtable: true,
  document: (label) => ({ type: "longtext", label }),
  check: checkLength,
};
