import { useT } from "@/i18n";
import type { SettingsProps } from "../contract";
import { ChoiceRow, TextRow } from "../settings/rows";

export function Settings(props: SettingsProps) {
  const t = useT();
  const resets = (["none", "year", "month", "day"] as const).map((key) => ({
    key,
    label: t(`designer.reset.${key}`),
  }));
  return (
    <>
      <TextRow {...props} property="pattern" label={t("designer.pattern")} />
      <ChoiceRow {...props} property="reset" label={t("designer.reset")} choices={resets} otherwise="none" />
    </>
  );
}
