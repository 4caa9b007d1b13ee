import { describe, expect, it } from "vitest";
import {
  daysOf,
  isDay,
  kindOf,
  monthDays,
  readTime,
  toggled,
  withDays,
  withHours,
  workingDaysIn,
  type CalendarDocument,
} from "./calendar";
import { readDays, readIcs } from "./paste";

const DAY = ["09:00-12:00", "13:00-18:00"];
const OFFICE: CalendarDocument = {
  key: "office",
  label: "Office",
  hours: { monday: DAY, tuesday: DAY, wednesday: DAY, thursday: DAY, friday: DAY },
  holidays: [{ from: "2026-10-01", to: "2026-10-07", label: "国庆节" }],
  makeup: [{ on: "2026-10-10", as: "monday" }],
};

describe("a calendar", () => {
  it("lets a make-up day win over a holiday, and a holiday over the week", () => {
    const days = ["2026-09-30", "2026-10-03", "2026-10-10", "2026-10-11"];

    expect(days.map((day) => kindOf(OFFICE, day))).toEqual(["work", "holiday", "makeup", "rest"]);
    expect(kindOf(toggled(OFFICE, "2026-10-11"), "2026-10-11")).toBe("makeup");
    expect(workingDaysIn(OFFICE, 2026)).toBe(261 - 5 + 1);
    expect(monthDays(2026, 10).slice(2, 5)).toEqual([null, "2026-10-01", "2026-10-02"]);
    expect(["2026-02-28", "2026-02-29", "2026-2-1"].map(isDay)).toEqual([true, false, false]);
  });

  it("splits a holiday around a day that is worked, and joins it again", () => {
    const split = toggled(OFFICE, "2026-10-05");

    expect(split.holidays).toEqual([
      { from: "2026-10-01", to: "2026-10-04", label: "国庆节" },
      { from: "2026-10-06", to: "2026-10-07", label: "国庆节" },
    ]);
    expect(kindOf(split, "2026-10-05")).toBe("work");
    const again = withDays(split, { holidays: [{ from: "2026-10-05", label: "国庆节" }], makeup: [] });
    expect(again.holidays).toEqual(OFFICE.holidays);
    expect(toggled(toggled(OFFICE, "2026-10-10"), "2026-10-12").makeup).toBeUndefined();
  });

  it("keeps the days of the week in their order and drops those without hours", () => {
    const changed = withHours(withHours(OFFICE, "sunday", ["10:00-12:00"]), "monday", []);

    expect(Object.keys(changed.hours)).toEqual(["tuesday", "wednesday", "thursday", "friday", "sunday"]);
  });

  it("understands times as people type them", () => {
    expect(["9", "930", "9：05", "24:00", "24:30", "x"].map(readTime)).toEqual([
      ...["09:00", "09:30", "09:05", "24:00", null, null],
    ]);
  });

  it("takes new days over old ones, make-up days included", () => {
    const entered = withDays(OFFICE, {
      holidays: [{ from: "2026-10-10", label: "店庆" }],
      makeup: [{ on: "2026-10-17" }],
    });

    expect(kindOf(entered, "2026-10-10")).toBe("holiday");
    expect(entered.makeup).toEqual([{ on: "2026-10-17", as: "monday" }]);
    expect(daysOf({ from: "2026-10-01", to: "2026-10-03" })).toHaveLength(3);
  });
});

describe("pasted days", () => {
  it("are read as people write them", () => {
    const text = [
      "2026-01-01 元旦",
      "2026/2/17 ~ 2026/2/23，春节",
      "国庆节：10月1日（星期四）至7日（星期三）放假",
      "10月10日（星期六）上班",
      "2026-05-01 to 2026-05-05 Labour Day",
      "清明节 2026.4.5",
      "2026-02-30",
      "hello",
    ].join("\n");

    const { holidays, makeup, unread } = readDays(text, 2026);

    expect(holidays).toEqual([
      { from: "2026-01-01", label: "元旦" },
      { from: "2026-02-17", to: "2026-02-23", label: "春节" },
      { from: "2026-10-01", to: "2026-10-07", label: "国庆节" },
      { from: "2026-05-01", to: "2026-05-05", label: "Labour Day" },
      { from: "2026-04-05", label: "清明节" },
    ]);
    expect(makeup).toEqual([{ on: "2026-10-10" }]);
    expect(unread).toEqual(["2026-02-30", "hello"]);
  });

  it("come out of an .ics file, whose end is the day after", () => {
    const file = [
      "BEGIN:VCALENDAR",
      ...["BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261008"],
      ...["SUMMARY:国庆", " 节", "END:VEVENT"],
      ...["BEGIN:VEVENT", "DTSTART:20261010T000000", "SUMMARY:国庆节 补班", "END:VEVENT"],
      ...["BEGIN:VEVENT", "SUMMARY:No day", "END:VEVENT", "END:VCALENDAR"],
    ].join("\r\n");

    expect(readIcs(file)).toEqual({
      holidays: [{ from: "2026-10-01", to: "2026-10-07", label: "国庆节" }],
      makeup: [{ on: "2026-10-10", label: "国庆节 补班" }],
      unread: ["No day"],
    });
  });
});
