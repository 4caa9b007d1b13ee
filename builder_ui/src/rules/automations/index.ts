import type { RouteObject } from "react-router";

/** The editor of rules; loaded when first visited. */
export const ruleRoutes: RouteObject[] = [{ path: "builder/rules/:key", lazy: () => import("./RuleScreen") }];
