import type { RouteObject } from "react-router";

/** Designing forms and publishing; loaded when first visited. */
export const publishRoutes: RouteObject[] = [
  { path: "builder/forms/:key", lazy: async () => (await import("@/forms")).loadDesigner() },
  { path: "builder/publish", lazy: () => import("./PublishScreen") },
];
