import { lazy } from "react";
import { loadTexts } from "@/i18n";

/** Brought, with their texts, when runs are first looked at. */
export const RecordRuns = lazy(() => spoken(import("./RecordRuns")));
export const RuleRuns = lazy(() => spoken(import("./RuleRuns")));
export const DryRun = lazy(() => spoken(import("./DryRun")));

/** Triggers have their names from the rule editor's texts. */
async function spoken<Screen>(screen: Promise<Screen>): Promise<Screen> {
  await Promise.all([loadTexts("runs"), loadTexts("automations")]);
  return screen;
}
