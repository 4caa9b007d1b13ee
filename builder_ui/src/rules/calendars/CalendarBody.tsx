import { useState } from "react";
import { localDate, useT } from "@/i18n";
import { DaysList } from "./DaysList";
import type { CalendarDocument } from "./model/calendar";
import { TryIt } from "./TryIt";
import { Week } from "./Week";
import { YearView } from "./YearView";
import { ZoneBox } from "./ZoneBox";
import "./calendars.css";

export interface CalendarProps {
  readonly calendar: CalendarDocument;
  readonly change: (next: CalendarDocument) => void;
}

/** A working calendar: the week on the left, the year with its holidays and make-up days on the right. */
export default function CalendarBody({ calendar, change }: CalendarProps) {
  const t = useT();
  const today = localDate(new Date().toISOString());
  const [year, setYear] = useState(() => Number(today.slice(0, 4)));
  return (
    <div className="calendar-editor">
      <div className="calendar-week">
        <section className="definition-section" aria-label={t("calendars.week")}>
          <h2>{t("calendars.week")}</h2>
          <Week calendar={calendar} change={change} />
          <ZoneBox calendar={calendar} change={change} />
        </section>
        <TryIt calendar={calendar} today={today} />
      </div>
      <div className="calendar-year">
        <YearView calendar={calendar} change={change} year={year} onYear={setYear} today={today} />
        <DaysList calendar={calendar} change={change} year={year} />
      </div>
    </div>
  );
}
