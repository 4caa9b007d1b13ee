import type { FieldSpec } from "../contract";

export const spec: FieldSpec = {
  name: "date",
  group: "basic",
  icon: "date",
  words: "riqi rq date day",
  span: 4,
  inSubtable: true,
  document: (label) => ({ type: "date", label }),
  check: (_field, value) =>
    value === null || (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value))
      ? undefined
      : { key: "problem.date" },
};
