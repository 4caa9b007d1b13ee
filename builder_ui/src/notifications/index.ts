import type { RouteObject } from "react-router";

export { Bell } from "./Bell";
export { useUnread } from "./useNotifications";

export const notificationRoutes: RouteObject[] = [
  { path: "notifications/:section?", lazy: () => import("./NotificationsScreen") },
];
