import { currentLanguage, label, useT } from "@/i18n";
import { labelIn, withLabel } from "@/forms";
import { Empty, IconButton } from "@/ui";
import type { CalendarProps } from "./CalendarBody";
import {
  daysOf,
  lastOf,
  WEEKDAYS,
  weekdayOf,
  withHolidays,
  withMakeup,
  type Holiday,
  type Makeup,
  type Weekday,
} from "./model/calendar";

interface Props extends CalendarProps {
  year: number;
}

/** Holidays and make-up days of the year by name. */
export function DaysList({ calendar, change, year }: Props) {
  const t = useT();
  const of = (day: string) => day.startsWith(String(year));
  const holidays = (calendar.holidays ?? []).filter((one) => of(one.from) || of(lastOf(one)));
  const makeup = (calendar.makeup ?? []).filter(({ on }) => of(on));
  const lines = [
    ...holidays.map((one) => ({
      day: one.from,
      line: <HolidayLine key={one.from} one={one} calendar={calendar} change={change} />,
    })),
    ...makeup.map((one) => ({
      day: one.on,
      line: <MakeupLine key={one.on} one={one} calendar={calendar} change={change} />,
    })),
  ].sort((one, other) => one.day.localeCompare(other.day));
  return (
    <section className="definition-section" aria-label={t("calendars.days")}>
      <h2>{t("calendars.days")}</h2>
      {lines.length === 0 && <Empty title={t("calendars.days.none", { year })} />}
      {lines.length > 0 && <ul className="day-list">{lines.map(({ line }) => line)}</ul>}
    </section>
  );
}

function HolidayLine({ one, calendar, change }: CalendarProps & { one: Holiday }) {
  const t = useT();
  const all = calendar.holidays ?? [];
  const last = lastOf(one);
  const count = daysOf(one).length;
  const dates = last === one.from ? one.from : t("calendars.range", { from: one.from, to: last });
  return (
    <li>
      <span className="mark holiday" aria-hidden />
      <span className="dates">
        {dates} <small className="ink2">{t("calendars.count", { count })}</small>
      </span>
      <NameBox
        label={t("calendars.name.of", { day: dates })}
        value={one.label}
        onChange={(next) =>
          change({
            ...calendar,
            holidays: all.map((each) => (each === one ? named(each, next) : each)),
          })
        }
      />
      <IconButton
        icon="trash"
        size="sm"
        label={t("calendars.remove", { day: label(one.label) || dates })}
        onClick={() =>
          change(
            withHolidays(
              calendar,
              all.filter((each) => each !== one),
            ),
          )
        }
      />
    </li>
  );
}

function MakeupLine({ one, calendar, change }: CalendarProps & { one: Makeup }) {
  const t = useT();
  const all = calendar.makeup ?? [];
  const set = (next: Makeup) =>
    change({ ...calendar, makeup: all.map((each) => (each === one ? next : each)) });
  return (
    <li>
      <span className="mark makeup" aria-hidden />
      <span className="dates">
        {one.on} <small className="ink2">{t(`calendars.day.${weekdayOf(one.on)}`)}</small>
      </span>
      <NameBox
        label={t("calendars.name.of", { day: one.on })}
        value={one.label}
        onChange={(next) => set(named(one, next))}
      />
      <select
        className="input sm as"
        aria-label={t("calendars.as.of", { day: one.on })}
        value={one.hours ? "" : (one.as ?? "")}
        onChange={(event) => {
          const { hours: _gone, ...rest } = one;
          set({ ...rest, as: event.target.value as Weekday });
        }}
      >
        {one.hours && <option value="">{one.hours.join(", ")}</option>}
        {WEEKDAYS.map((weekday) => (
          <option key={weekday} value={weekday}>
            {t("calendars.as", { day: t(`calendars.day.${weekday}`) })}
          </option>
        ))}
      </select>
      <IconButton
        icon="trash"
        size="sm"
        label={t("calendars.remove", { day: label(one.label) || one.on })}
        onClick={() =>
          change(
            withMakeup(
              calendar,
              all.filter((each) => each !== one),
            ),
          )
        }
      />
    </li>
  );
}

function named<One extends { readonly label?: Holiday["label"] }>(one: One, name: Holiday["label"]): One {
  const { label: _gone, ...rest } = one;
  return (name ? { ...rest, label: name } : rest) as One;
}

interface NameProps {
  label: string;
  value: Holiday["label"];
  onChange: (name: Holiday["label"]) => void;
}

/** The name in the reader's language; the other one stays. */
function NameBox({ label: spoken, value, onChange }: NameProps) {
  const t = useT();
  const language = currentLanguage();
  return (
    <input
      className="input sm name"
      aria-label={spoken}
      placeholder={label(value) || t("calendars.name")}
      maxLength={200}
      value={typeof value === "string" ? value : labelIn(value, language)}
      onChange={(event) => {
        const text = event.target.value;
        onChange(typeof value === "object" && value !== null ? withLabel(value, language, text) : text);
      }}
    />
  );
}
