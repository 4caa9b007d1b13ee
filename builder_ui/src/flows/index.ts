import type { RouteObject } from "react-router";

export { ProcessById, ProcessPanel, useProcess } from "./monitor/ProcessPanel";
export { Outlook } from "./monitor/Outlook";
export { WithdrawDialog } from "./monitor/ProcessActions";
export { outcomeText, statusText } from "./monitor/words";

export const flowRoutes: RouteObject[] = [
  { path: "builder/flows/:flow", lazy: () => import("./definition/FlowScreen") },
];
