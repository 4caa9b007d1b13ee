import { useState } from "react";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui";
import type { CalendarProps } from "./CalendarBody";
import {
  firstHours,
  hoursOn,
  readTime,
  WEEKDAYS,
  withHours,
  type CalendarDocument,
  type Weekday,
} from "./model/calendar";

const MORE = "18:00-20:00";

/** Which days of the week are worked, and from when to when. */
export function Week({ calendar, change }: CalendarProps) {
  return (
    <ul className="week">
      {WEEKDAYS.map((weekday) => (
        <DayLine key={weekday} weekday={weekday} calendar={calendar} change={change} />
      ))}
    </ul>
  );
}

function DayLine({ weekday, calendar, change }: CalendarProps & { weekday: Weekday }) {
  const t = useT();
  const hours = hoursOn(calendar, weekday);
  const name = t(`calendars.day.${weekday}`);
  const set = (next: readonly string[]) => change(withHours(calendar, weekday, next));
  return (
    <li>
      <label className="week-day">
        <input
          type="checkbox"
          checked={hours.length > 0}
          onChange={(event) => set(event.target.checked ? firstHours(calendar) : [])}
        />
        {name}
      </label>
      <div className="week-hours">
        {hours.length === 0 && <span className="ink2">{t("calendars.rest")}</span>}
        {hours.map((period, at) => (
          <Period
            key={at}
            name={t("calendars.period", { day: name, number: at + 1 })}
            value={period}
            onChange={(next) => set(hours.map((one, place) => (place === at ? next : one)))}
            onRemove={() => set(hours.filter((_, place) => place !== at))}
          />
        ))}
        {hours.length > 0 && (
          <span className="week-more">
            <IconButton
              icon="plus"
              size="xs"
              label={t("calendars.period.add", { day: name })}
              onClick={() => set([...hours, MORE])}
            />
            {weekday === usual(calendar) && (
              <Button size="xs" look="link" onClick={() => change(everyDay(calendar, weekday))}>
                {t("calendars.same")}
              </Button>
            )}
          </span>
        )}
      </div>
    </li>
  );
}

function usual(calendar: CalendarDocument): Weekday | undefined {
  return WEEKDAYS.find((weekday) => hoursOn(calendar, weekday).length > 0);
}

/** The hours of one day for every day that is worked. */
function everyDay(calendar: CalendarDocument, from: Weekday): CalendarDocument {
  const hours = hoursOn(calendar, from);
  const worked = WEEKDAYS.filter((weekday) => hoursOn(calendar, weekday).length > 0);
  return worked.reduce((next, weekday) => withHours(next, weekday, hours), calendar);
}

interface PeriodProps {
  name: string;
  /** "09:00-12:00" */
  value: string;
  onChange: (value: string) => void;
  onRemove: () => void;
}

function Period({ name, value, onChange, onRemove }: PeriodProps) {
  const t = useT();
  const [start = "", end = ""] = value.split("-");
  const wrong = start >= end;
  return (
    <span className={wrong ? "period wrong" : "period"}>
      <TimeBox
        label={t("calendars.from", { name })}
        value={start}
        wrong={wrong}
        onChange={(time) => onChange(`${time}-${end}`)}
      />
      –
      <TimeBox
        label={t("calendars.to", { name })}
        value={end}
        wrong={wrong}
        onChange={(time) => onChange(`${start}-${time}`)}
      />
      <IconButton icon="close" size="xs" label={t("calendars.period.remove", { name })} onClick={onRemove} />
    </span>
  );
}

interface TimeProps {
  label: string;
  value: string;
  wrong: boolean;
  onChange: (time: string) => void;
}

/** A time of 24 hours, whatever the browser is used to; "9", "930" and "9:30" are understood, 24:00 ends a day. */
function TimeBox({ label, value, wrong, onChange }: TimeProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    const time = typed === null ? null : readTime(typed);
    if (time !== null && time !== value) onChange(time);
    setTyped(null);
  };
  return (
    <input
      className="input sm"
      inputMode="numeric"
      maxLength={5}
      aria-label={label}
      aria-invalid={wrong || undefined}
      value={typed ?? value}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
    />
  );
}
