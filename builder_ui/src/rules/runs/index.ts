import { lazy } from "react";
import { loadTexts } from "@/i18n";

/** Brought, with their texts, when runs are first looked at. */
export const RecordRuns = lazy(async () => {
  await loadTexts("runs");
  return import("./RecordRuns");
});
export const RuleRuns = lazy(async () => {
  await loadTexts("runs");
  return import("./RuleRuns");
});
export const DryRun = lazy(async () => {
  await loadTexts("runs");
  return import("./DryRun");
});
