import { expect, it } from "vitest";
import { loadTexts, t } from ".";
import { currentMessages } from "./language";

it("keeps the texts of screens that come at the same time", async () => {
  await Promise.all([loadTexts("runs"), loadTexts("calendars"), loadTexts("automations")]);

  expect(["runs.title", "calendars.week", "automations.text"].filter((key) => t(key) === key)).toEqual([]);
  const before = currentMessages();
  await loadTexts("runs");
  expect(currentMessages()).toBe(before);
});
