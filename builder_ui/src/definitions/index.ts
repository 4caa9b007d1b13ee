import type { RouteObject } from "react-router";

export const definitionRoutes: RouteObject[] = [
  { path: "builder", lazy: () => import("./DefinitionsScreen") },
  { path: "builder/roles/:key", lazy: () => import("./roles/RoleScreen") },
  { path: "builder/apps/:key", lazy: () => import("./apps/AppScreen") },
  { path: "builder/views/:key", lazy: () => import("./views/ViewScreen") },
  { path: "builder/calendars/:key", lazy: () => import("./calendars/CalendarScreen") },
  { path: "builder/decisions/:key", lazy: async () => (await import("@/rules")).loadDecisionEditor() },
  { path: "builder/rules/:key", lazy: async () => (await import("@/rules")).loadRuleEditor() },
];
