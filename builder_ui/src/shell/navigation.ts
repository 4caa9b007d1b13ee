import { useQuery } from "@tanstack/react-query";
import { api, keys, useMe, type Me } from "@/api";
import { label, type Translate } from "@/i18n";
import { iconName, type IconName } from "@/ui";

export interface Entry {
  to: string;
  label: string;
  icon: IconName;
  /** Waiting work, shown as a number. */
  count?: number | undefined;
  end?: boolean;
}

export interface Section {
  key: string;
  label: string;
  entries: Entry[];
}

const EVERY_MINUTE_MS = 60_000;

/** How many tasks wait for me; asked again every minute while the page is visible. */
export function useWaiting(): number | undefined {
  const query = useQuery({
    queryKey: [...keys.tasks, "waiting"],
    queryFn: ({ signal }) =>
      api.get<{ count?: number | { value: number } | null }>("/tasks", { box: "todo", limit: 1 }, signal),
    refetchInterval: EVERY_MINUTE_MS,
  });
  const count = query.data?.count;
  return typeof count === "object" && count !== null ? count.value : (count ?? undefined);
}

export function appSections(me: Me): Section[] {
  return me.apps.map((app) => ({
    key: app.key,
    label: label(app.label, app.key),
    entries: app.items.map((item) => ({
      to: `/forms/${item.form}${item.view ? `?view=${item.view}` : ""}`,
      label: label(item.label, item.form),
      icon: iconName(item.icon),
    })),
  }));
}

function managing(me: Me, t: Translate): Section[] {
  const entries: Entry[] = [];
  if (me.rights.builder) entries.push({ to: "/builder", label: t("shell.builder"), icon: "section" });
  if (me.rights.users) entries.push({ to: "/settings", label: t("shell.people"), icon: "role" });
  return entries.length > 0 ? [{ key: "managing", label: t("shell.managing"), entries }] : [];
}

export function useSections(t: Translate): { top: Entry[]; sections: Section[] } {
  const me = useMe();
  const waiting = useWaiting();
  return {
    top: [
      { to: "/", label: t("shell.home"), icon: "home", end: true },
      { to: "/tasks", label: t("shell.tasks"), icon: "inbox", count: waiting },
    ],
    sections: [...appSections(me), ...managing(me, t)],
  };
}
