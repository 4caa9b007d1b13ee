import { useT } from "@/i18n";
import type { SettingsProps } from "../contract";
import { NumberRow, TextRow } from "../settings/rows";

export function Settings(props: SettingsProps) {
  const t = useT();
  return (
    <>
      <TextRow {...props} property="currency" label={t("designer.currency")} placeholder="cny" />
      <NumberRow {...props} property="scale" label={t("designer.scale")} placeholder="2" whole />
      <NumberRow {...props} property="min" label={t("designer.min")} />
      <NumberRow {...props} property="max" label={t("designer.max")} />
    </>
  );
}
