/** Dates as people type them: 2026-01-31, 2026/1/31, 20260131, 1-31 of the current year. */

function pad(number: string): string {
  return number.padStart(2, "0");
}

/** The ISO date, null for nothing, undefined for what is no date. */
export function parseDate(text: string, today: Date = new Date()): string | null | undefined {
  const plain = text.normalize("NFKC").trim();
  if (plain === "") return null;
  const match =
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(?:(\d{4})\D+)?(\d{1,2})\D+(\d{1,2})\D?$/.exec(plain);
  if (!match) return undefined;
  const [, year = String(today.getFullYear()), month = "", day = ""] = match;
  const iso = `${year}-${pad(month)}-${pad(day)}`;
  return exists(iso) ? iso : undefined;
}

function exists(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}

/** Date and time on the wall, "2026-01-31T16:00"; without a time it is midnight. */
export function parseMoment(text: string, today: Date = new Date()): string | null | undefined {
  const plain = text.normalize("NFKC").trim().replace("T", " ");
  const match = /^(.*?)(?:\s+(\d{1,2}):(\d{2}))?$/.exec(plain);
  const date = parseDate(match?.[1] ?? "", today);
  if (typeof date !== "string") return date;
  const [hour, minute] = [match?.[2] ?? "0", match?.[3] ?? "00"];
  return Number(hour) < 24 && Number(minute) < 60 ? `${date}T${pad(hour)}:${minute}` : undefined;
}
