import type { FieldSpec } from "../contract";

export const spec: FieldSpec = {
  name: "datetime",
  group: "basic",
  icon: "clock",
  words: "riqishijian rqsj shijian datetime time moment",
  span: 4,
  inSubtable: true,
  document: (label) => ({ type: "datetime", label }),
  check: (_field, value) =>
    value === null || (typeof value === "string" && !Number.isNaN(Date.parse(value)))
      ? undefined
      : { key: "problem.date" },
};
