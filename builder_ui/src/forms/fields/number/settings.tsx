import { useT } from "@/i18n";
import type { SettingsProps } from "../contract";
import { NumberRow } from "../settings/rows";

export function Settings(props: SettingsProps) {
  const t = useT();
  return (
    <>
      <NumberRow {...props} property="scale" label={t("designer.scale")} placeholder="0" whole />
      <NumberRow {...props} property="min" label={t("designer.min")} />
      <NumberRow {...props} property="max" label={t("designer.max")} />
    </>
  );
}
