import type { RouteObject } from "react-router";

export { recentRecords } from "./recents";

export const recordRoutes: RouteObject[] = [
  { path: "forms/:form", lazy: () => import("./list/ListScreen") },
  { path: "forms/:form/new", handle: { own: true }, lazy: () => import("./record/NewScreen") },
  { path: "forms/:form/import", lazy: () => import("./import/ImportScreen") },
  { path: "forms/:form/recycle", lazy: () => import("./recycle/RecycleScreen") },
  { path: "forms/:form/:id", handle: { own: true }, lazy: () => import("./record/RecordScreen") },
];
