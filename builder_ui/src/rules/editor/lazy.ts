import { lazy } from "react";

/** The editor with its library, loaded when a text is first edited. */
export const FeelEditor = lazy(() => import("./FeelEditor"));
