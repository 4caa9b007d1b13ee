import { useT } from "@/i18n";
import type { SettingsProps } from "../contract";
import { CheckRow, NumberRow } from "../settings/rows";

export function Settings(props: SettingsProps) {
  const t = useT();
  return (
    <>
      <NumberRow {...props} property="max" label={t("designer.max-length")} whole />
      <CheckRow {...props} property="search" label={t("designer.search-in")} />
      <CheckRow {...props} property="unique" label={t("designer.unique")} />
    </>
  );
}
