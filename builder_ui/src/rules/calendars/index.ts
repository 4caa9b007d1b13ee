import { lazy } from "react";
import { loadTexts } from "@/i18n";

export type { CalendarDocument } from "./model/calendar";

/** Brought, with its texts, when a calendar is opened. */
export const CalendarBody = lazy(async () => {
  await loadTexts("calendars");
  return import("./CalendarBody");
});
