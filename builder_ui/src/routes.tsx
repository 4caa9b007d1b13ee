import { createBrowserRouter } from "react-router";
import { Empty } from "@/ui";

export const router = createBrowserRouter([{ path: "*", element: <Empty title="404" /> }], {
  basename: "/app",
});
