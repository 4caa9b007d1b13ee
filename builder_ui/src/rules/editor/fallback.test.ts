import { expect, it } from "vitest";
import { withFallback } from "./fallback";

it("takes an operand as its fallback while it is empty, also behind signs of two units", () => {
  const hint = { span: { start: 4, end: 10 }, name: "Amount", fallback: "0" };

  expect(withFallback('"😀"+amount * 2', hint)).toBe('"😀"+(if amount = null then 0 else amount) * 2');
});
