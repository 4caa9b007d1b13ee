import { createBrowserRouter } from "react-router";
import { definitionRoutes } from "@/definitions";
import { flowRoutes } from "@/flows";
import { homeRoutes } from "@/home";
import { notificationRoutes } from "@/notifications";
import { publishRoutes } from "@/publish";
import { recordRoutes } from "@/records";
import { settingRoutes } from "@/settings";
import { AppsPage, ErrorScreen, MePage, NotFound, Shell } from "@/shell";
import { taskRoutes } from "@/tasks";

/** Every screen of the application. Domains bring their own routes, loaded when first visited. */
export const router = createBrowserRouter(
  [
    {
      element: <Shell />,
      errorElement: <ErrorScreen />,
      hydrateFallbackElement: <div className="page" />,
      children: [
        {
          errorElement: <ErrorScreen />,
          children: [
            ...homeRoutes,
            ...taskRoutes,
            ...notificationRoutes,
            ...recordRoutes,
            ...definitionRoutes,
            ...flowRoutes,
            ...publishRoutes,
            ...settingRoutes,
            { path: "apps", element: <AppsPage /> },
            { path: "me", element: <MePage /> },
            { path: "*", element: <NotFound /> },
          ],
        },
      ],
    },
  ],
  { basename: "/app" },
);
