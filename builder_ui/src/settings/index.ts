import type { RouteObject } from "react-router";

export const settingRoutes: RouteObject[] = [
  { path: "settings/:section?", lazy: () => import("./SettingsScreen") },
];
