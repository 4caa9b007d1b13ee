import { expect, it } from "vitest";
import { shiftPoint } from "./percent";

it.each([
  ["13", -2, "0.13"],
  ["0.13", 2, "13"],
  ["12.5", -2, "0.125"],
  ["0.07", 2, "7"],
  ["-5", -2, "-0.05"],
  ["0", 2, "0"],
  [".5", -2, "0.005"],
  ["", 2, ""],
  ["-", 2, "-"],
  ["0.2899999999999999", 2, "28.99999999999999"],
])("moves the point of %s by %d to %s", (text, places, moved) => {
  expect(shiftPoint(text, places)).toBe(moved);
});
