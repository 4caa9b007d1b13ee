import type { FieldSpec } from "../contract";
import { checkNotation } from "../text/notation";

export const spec: FieldSpec = {
  name: "url",
  group: "basic",
  icon: "link",
  words: "wangzhi wz lianjie wangye url link website web",
  span: 6,
  inSubtable: true,
  document: (label) => ({ type: "url", label }),
  check: checkNotation,
};
