import { useT } from "@/i18n";
import type { SettingsProps } from "../contract";
import { NumberRow } from "../settings/rows";

/** Limits are entered as percent, stored as fractions; the scale counts digits of the fraction. */
export function Settings(props: SettingsProps) {
  const t = useT();
  return (
    <>
      <NumberRow {...props} property="scale" label={t("designer.percent-scale")} placeholder="2" whole />
      <NumberRow {...props} property="min" label={t("designer.min")} percent />
      <NumberRow {...props} property="max" label={t("designer.max")} percent />
    </>
  );
}
