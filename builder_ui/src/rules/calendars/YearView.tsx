import { currentLanguage, label, useT } from "@/i18n";
import { IconButton } from "@/ui";
import type { CalendarProps } from "./CalendarBody";
import { EnterDays } from "./EnterDays";
import {
  holidayOn,
  kindOf,
  monthDays,
  toggled,
  WEEKDAYS,
  workingDaysIn,
  type CalendarDocument,
  type Day,
  type DayKind,
} from "./model/calendar";

interface Props extends CalendarProps {
  year: number;
  onYear: (year: number) => void;
  today: Day;
}

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const KINDS: readonly DayKind[] = ["work", "rest", "holiday", "makeup"];

/** A year at a glance; a click on a day frees it, lets it be worked, or undoes what was set. */
export function YearView({ calendar, change, year, onYear, today }: Props) {
  const t = useT();
  return (
    <section className="definition-section" aria-label={t("calendars.year", { year })}>
      <header className="row year-head">
        <IconButton
          icon="left"
          size="sm"
          label={t("calendars.year.before")}
          onClick={() => onYear(year - 1)}
        />
        <h2 aria-live="polite">{t("calendars.year", { year })}</h2>
        <IconButton
          icon="right"
          size="sm"
          label={t("calendars.year.after")}
          onClick={() => onYear(year + 1)}
        />
        <span className="ink2">{t("calendars.year.days", { count: workingDaysIn(calendar, year) })}</span>
        <span className="push row">
          <EnterDays calendar={calendar} change={change} year={year} />
        </span>
      </header>
      <div className="year-hint">
        <p className="hint">{t("calendars.year.hint")}</p>
        <ul className="legend push">
          {KINDS.map((kind) => (
            <li key={kind}>
              <span className={`mark ${kind}`} aria-hidden />
              {t(`calendars.kind.${kind}`)}
            </li>
          ))}
        </ul>
      </div>
      <div className="months">
        {MONTHS.map((month) => (
          <Month
            key={month}
            year={year}
            month={month}
            calendar={calendar}
            today={today}
            onToggle={(day) => change(toggled(calendar, day))}
          />
        ))}
      </div>
    </section>
  );
}

interface MonthProps {
  year: number;
  month: number;
  calendar: CalendarDocument;
  today: Day;
  onToggle: (day: Day) => void;
}

function Month({ year, month, calendar, today, onToggle }: MonthProps) {
  const t = useT();
  const name = new Intl.DateTimeFormat(currentLanguage(), { month: "long", timeZone: "UTC" }).format(
    Date.UTC(year, month - 1, 1),
  );
  return (
    <section className="month" aria-label={name}>
      <h3>{name}</h3>
      <div className="days">
        {WEEKDAYS.map((weekday) => (
          <span key={weekday} className="weekday" aria-hidden>
            {t(`calendars.day.short.${weekday}`)}
          </span>
        ))}
        {monthDays(year, month).map((day, at) =>
          day === null ? (
            <span key={at} />
          ) : (
            <DayButton
              key={day}
              day={day}
              calendar={calendar}
              today={day === today}
              onToggle={() => onToggle(day)}
            />
          ),
        )}
      </div>
    </section>
  );
}

interface DayProps {
  day: Day;
  calendar: CalendarDocument;
  today: boolean;
  onToggle: () => void;
}

function DayButton({ day, calendar, today, onToggle }: DayProps) {
  const t = useT();
  const kind = kindOf(calendar, day);
  const named =
    kind === "makeup"
      ? calendar.makeup?.find(({ on }) => on === day)?.label
      : holidayOn(calendar, day)?.label;
  const said = [day, t(`calendars.kind.${kind}`), label(named)].filter(Boolean).join(" · ");
  const number = Number(day.slice(8));
  return (
    <button
      type="button"
      className={`day ${kind}`}
      aria-current={today ? "date" : undefined}
      aria-label={`${number} · ${said}`}
      title={said}
      onClick={onToggle}
    >
      {number}
    </button>
  );
}
