import type { RouteObject } from "react-router";
import { loadTexts } from "@/i18n";

/** A new rule is begun with its trigger, whose names are the rule editor's. */
async function loadDefinitions() {
  const [screen] = await Promise.all([import("./DefinitionsScreen"), loadTexts("automations")]);
  return screen;
}

export const definitionRoutes: RouteObject[] = [
  { path: "builder", lazy: loadDefinitions },
  { path: "builder/roles/:key", lazy: () => import("./roles/RoleScreen") },
  { path: "builder/apps/:key", lazy: () => import("./apps/AppScreen") },
  { path: "builder/views/:key", lazy: () => import("./views/ViewScreen") },
  { path: "builder/calendars/:key", lazy: () => import("./calendars/CalendarScreen") },
  { path: "builder/decisions/:key", lazy: async () => (await import("@/rules")).loadDecisionEditor() },
  { path: "builder/rules/:key", lazy: async () => (await import("@/rules")).loadRuleEditor() },
];
