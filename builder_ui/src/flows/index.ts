import type { RouteObject } from "react-router";

export { Log } from "./monitor/Log";
export { ProcessById, ProcessPanel, useProcess } from "./monitor/ProcessPanel";
export { outcomeText, Steps } from "./monitor/Steps";

export const flowRoutes: RouteObject[] = [
  { path: "builder/flows/:flow", lazy: () => import("./definition/FlowScreen") },
];
