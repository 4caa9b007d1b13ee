import type { RouteObject } from "react-router";

export const definitionRoutes: RouteObject[] = [
  { path: "builder", lazy: () => import("./DefinitionsScreen") },
];
