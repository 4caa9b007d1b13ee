import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { request, sentenceOf } from "@/api";
import { useT } from "@/i18n";
import { isDay, weekdayOf, type CalendarDocument, type Day } from "./model/calendar";

const UNITS = ["working days", "working hours"] as const;
type Unit = (typeof UNITS)[number];

interface Tried {
  readonly at: string;
  readonly zone: string;
}

/** The calendar as it stands, asked as rules and deadlines ask it. */
export function TryIt({ calendar, today }: { calendar: CalendarDocument; today: Day }) {
  const t = useT();
  const [day, setDay] = useState(today);
  const [time, setTime] = useState("17:00");
  const [amount, setAmount] = useState("3");
  const [unit, setUnit] = useState<Unit>("working days");
  const asked = { from: `${day}T${time || "00:00"}`, amount: Number(amount), unit };
  const ready =
    isDay(day) && Number.isInteger(asked.amount) && Math.abs(asked.amount) <= 1000 && amount !== "";
  const { data, error } = useQuery({
    queryKey: ["calendars", "try", asked, calendar],
    enabled: ready,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<Tried>("POST", "/calendars/try", { body: { document: calendar, ...asked }, signal }),
  });
  return (
    <section className="definition-section try-it" aria-label={t("calendars.try")}>
      <h2>{t("calendars.try")}</h2>
      <div className="try-line">
        <input
          type="date"
          className="input sm"
          aria-label={t("calendars.try.day")}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
        {unit === "working hours" && (
          <input
            type="time"
            className="input sm"
            aria-label={t("calendars.try.time")}
            value={time}
            onChange={(event) => setTime(event.target.value)}
          />
        )}
        <span>{t("calendars.try.after")}</span>
        <input
          type="number"
          className="input sm amount"
          aria-label={t("calendars.try.amount")}
          min={-1000}
          max={1000}
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
        <select
          className="input sm unit"
          aria-label={t("calendars.try.unit")}
          value={unit}
          onChange={(event) => setUnit(event.target.value as Unit)}
        >
          {UNITS.map((one) => (
            <option key={one} value={one}>
              {t(`calendars.unit.${one}`)}
            </option>
          ))}
        </select>
        <span>{t("calendars.try.is")}</span>
      </div>
      <p className="try-answer" role="status">
        {error ? <span className="late">{sentenceOf(error)}</span> : data && <Answer {...data} />}
      </p>
    </section>
  );
}

function Answer({ at, zone }: Tried) {
  const t = useT();
  const day = at.slice(0, 10);
  return (
    <>
      <b>{at.replace("T", " ")}</b> {t(`calendars.day.${weekdayOf(day)}`)}
      {at.length > day.length && <small className="ink2"> {zone}</small>}
    </>
  );
}
