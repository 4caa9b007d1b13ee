import type { FieldSpec } from "../contract";
import { checkNotation } from "../text/notation";

export const spec: FieldSpec = {
  name: "email",
  group: "basic",
  icon: "mail",
  words: "youxiang yx youjian dianziyoujian email mail address",
  span: 6,
  inSubtable: true,
  document: (label) => ({ type: "email", label }),
  check: checkNotation,
};
