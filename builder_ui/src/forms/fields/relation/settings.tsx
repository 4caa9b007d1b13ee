import { useQuery } from "@tanstack/react-query";
import { api, keys, type FormSummary } from "@/api";
import { label, useT } from "@/i18n";
import type { SettingsProps } from "../contract";
import { ChoiceRow, FeelRow } from "../settings/rows";

export function Settings(props: SettingsProps) {
  const t = useT();
  const { data } = useQuery({
    queryKey: keys.forms,
    queryFn: () => api.get<{ items: FormSummary[] }>("/forms"),
  });
  const targets = (data?.items ?? []).map((form) => ({ key: form.key, label: label(form.label, form.key) }));
  const pick = (props.field["pick"] ?? {}) as { where?: string };
  const setWhere = (where: string | undefined) => {
    const { where: _old, ...rest } = pick;
    const next = where ? { ...rest, where } : rest;
    props.set({ pick: Object.keys(next).length > 0 ? next : undefined }, "pick");
  };
  return (
    <>
      <ChoiceRow {...props} property="to" label={t("designer.target")} choices={targets} />
      <FeelRow
        label={t("designer.pick-where")}
        value={pick.where ?? ""}
        onChange={setWhere}
        at="pick"
        {...props}
      />
    </>
  );
}
