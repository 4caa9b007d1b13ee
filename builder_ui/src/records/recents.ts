import { stored } from "@/ui";

export interface Recent {
  form: string;
  id: number;
  title: string;
  at: string;
}

const KEPT = 12;
const place = (user: number) => `dougong.recent.${user}`;

/** Records this person opened in this browser, newest first. */
export function recentRecords(user: number): Recent[] {
  return stored.read<Recent[]>(place(user), []);
}

export function rememberRecord(user: number, recent: Recent): void {
  const others = recentRecords(user).filter((old) => old.form !== recent.form || old.id !== recent.id);
  stored.write(place(user), [recent, ...others].slice(0, KEPT));
}

/** A record that is gone is no longer offered. */
export function forgetRecord(user: number, form: string, id: number): void {
  stored.write(
    place(user),
    recentRecords(user).filter((old) => old.form !== form || old.id !== id),
  );
}
