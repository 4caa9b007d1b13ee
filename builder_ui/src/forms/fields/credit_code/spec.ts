import type { FieldSpec } from "../contract";
import { checkNotation } from "../text/notation";

export const spec: FieldSpec = {
  name: "credit_code",
  group: "basic",
  icon: "company",
  words: "tongyishehuixinyongdaima xydm shuihao credit code company tax",
  span: 6,
  inSubtable: true,
  document: (label) => ({ type: "credit_code", label }),
  check: checkNotation,
};
