import type { FieldSpec } from "../contract";
import { checkNumber } from "../number/check";
import { starsOf } from "./stars";

export const spec: FieldSpec = {
  name: "rating",
  group: "basic",
  icon: "star",
  words: "pingfen pf xingji dafen rating stars score",
  span: 4,
  inSubtable: true,
  document: (label) => ({ type: "rating", label }),
  check: (field, value) => checkNumber({ ...field, props: { scale: 0, min: 1, max: starsOf(field) } }, value),
};
