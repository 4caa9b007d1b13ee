import { useT } from "@/i18n";
import type { SettingsProps } from "../contract";
import { CheckRow } from "../settings/rows";

export function Settings(props: SettingsProps) {
  const t = useT();
  return (
    <>
      <CheckRow {...props} property="search" label={t("designer.search-in")} />
      <CheckRow {...props} property="unique" label={t("designer.unique")} />
    </>
  );
}
