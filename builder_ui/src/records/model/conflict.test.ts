import { expect, it } from "vitest";
import { conflictsOf, resolved } from "./conflict";

it("reads field, person and value from a refusal", () => {
  const problems = [
    {
      code: "record.conflict",
      message: "",
      params: { field: "amount", by: { id: 3, name: "唐一鸣" }, value: 5 },
    },
    { code: "record.conflict", message: "", params: { field: "stage", by: "Su Wan" } },
    { code: "record.stage-moved", message: "", at: "/values/stage" },
    {
      code: "record.conflict",
      message: "",
      at: "/values/lines",
      params: { field: "quantity", by: "Su Wan", value: 2 },
    },
  ];

  expect(conflictsOf(problems)).toEqual([
    { field: "amount", by: "唐一鸣", theirs: 5 },
    { field: "stage", by: "Su Wan", theirs: null },
    { field: "lines", by: "Su Wan", theirs: 2 },
  ]);
});

it("sends again what is not given up", () => {
  expect(resolved({ amount: 1, name: "a" }, new Set(["amount"]))).toEqual({ name: "a" });
});
