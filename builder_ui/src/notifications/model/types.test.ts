import { describe, expect, it } from "vitest";
import { countText, pathOf } from "./types";

describe("notifications", () => {
  it("counts no further than the server does", () => {
    expect([countText(1), countText(99), countText(100)]).toEqual(["1", "99", "99+"]);
  });

  it("leads inside the application only", () => {
    expect(pathOf("/app/tasks/5")).toBe("/tasks/5");
    expect([pathOf(""), pathOf("https://evil.example/app/"), pathOf("//evil")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
