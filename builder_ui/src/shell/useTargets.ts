import { useQueries } from "@tanstack/react-query";
import { api, keys, useMe, type RecordPage } from "@/api";
import { label, type Translate } from "@/i18n";
import { recentRecords } from "@/records";
import { iconName, type IconName } from "@/ui";
import { useSections } from "./navigation";

export interface Target {
  to: string;
  title: string;
  /** What kind of place it is, in grey. */
  note: string;
  icon: IconName;
}

/** Forms searched for records; more would make one keystroke many requests. */
const SEARCHED = 6;
const PER_FORM = 4;
const SHORTEST = 2;

function useRecordTargets(search: string): Target[] {
  const me = useMe();
  const forms = me.apps.flatMap((app) => app.items).slice(0, SEARCHED);
  const answers = useQueries({
    queries: forms.map((item) => ({
      queryKey: [...keys.records(item.form), "jump", search],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<RecordPage>(`/forms/${item.form}/records`, { search, limit: PER_FORM }, signal),
      enabled: search.length >= SHORTEST,
      retry: false,
    })),
  });
  return forms.flatMap((item, at) =>
    (search.length >= SHORTEST ? (answers[at]?.data?.items ?? []) : []).map((record) => ({
      to: `/forms/${item.form}/${record.id}`,
      title: record.title,
      note: label(item.label, item.form),
      icon: iconName(item.icon),
    })),
  );
}

/** Where one can go: screens, new records, what was opened last, and records whose name contains the text. */
export function useTargets(t: Translate, search: string): Target[] {
  const me = useMe();
  const { top, sections } = useSections(t);
  const items = me.apps.flatMap((app) => app.items);
  const records = useRecordTargets(search);
  const screens = [...top, ...sections.flatMap((section) => section.entries)].map((entry) => ({
    to: entry.to,
    title: entry.label,
    note: t("shell.jump.screen"),
    icon: entry.icon,
  }));
  const creations = items.map((item) => ({
    to: `/forms/${item.form}/new`,
    title: t("records.create", { form: label(item.label, item.form) }),
    note: t("shell.jump.create"),
    icon: "plus" as const,
  }));
  const recents = recentRecords(me.user.id).map((recent) => ({
    to: `/forms/${recent.form}/${recent.id}`,
    title: recent.title,
    note: t("shell.jump.recent"),
    icon: "history" as const,
  }));
  const needle = search.toLowerCase();
  const named = [...screens, ...recents, ...creations].filter((target) =>
    target.title.toLowerCase().includes(needle),
  );
  const all = [...named, ...records];
  return all.filter((target, at) => all.findIndex((other) => other.to === target.to) === at);
}
