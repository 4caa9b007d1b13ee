import { useT } from "@/i18n";
import type { SettingsProps } from "../contract";
import { NumberRow } from "../settings/rows";

/** Its columns have a section of their own in the designer (`designer/Columns.tsx`). */
export function Settings(props: SettingsProps) {
  const t = useT();
  return (
    <>
      <NumberRow {...props} property="min_rows" label={t("designer.min-rows")} whole />
      <NumberRow {...props} property="max_rows" label={t("designer.max-rows")} placeholder="200" whole />
    </>
  );
}
