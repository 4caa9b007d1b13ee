/** Between an instant and the clock on the wall of a zone: "2026-01-31T16:00" in Asia/Shanghai is 08:00Z. */
import { formatDateTime } from "@/i18n";

/** The instant as date and time of the user's zone, in the form of a `datetime-local` box. */
export function toWallClock(instant: string): string {
  return formatDateTime(instant).replace(" ", "T");
}

/**
 * The instant that the user's clock shows as `wall`. The zone's offset is found by asking what the clock shows
 * at a guess; the second round settles the hours around a change of daylight saving time.
 */
export function fromWallClock(wall: string): string {
  const wanted = Date.parse(`${wall}Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${toWallClock(new Date(guess).toISOString())}Z`);
    guess += wanted - shown;
  }
  return new Date(guess).toISOString().replace(".000Z", "Z");
}
