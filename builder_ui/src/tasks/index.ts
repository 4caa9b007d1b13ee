import type { RouteObject } from "react-router";

export { summaryText } from "./model/summary";

export const taskRoutes: RouteObject[] = [
  {
    path: "tasks/:task?",
    handle: { own: (params: Record<string, string | undefined>) => params["task"] !== undefined },
    lazy: () => import("./InboxScreen"),
  },
];
