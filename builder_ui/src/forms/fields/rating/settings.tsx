import { useT } from "@/i18n";
import type { SettingsProps } from "../contract";
import { NumberRow } from "../settings/rows";

export function Settings(props: SettingsProps) {
  const t = useT();
  return <NumberRow {...props} property="max" label={t("designer.stars")} placeholder="5" whole />;
}
