import { useT } from "@/i18n";
import { Icon } from "@/ui";
import type { CellProps } from "../contract";

export function Cell({ value }: CellProps) {
  const t = useT();
  return value === true ? (
    <Icon name="check" className="green" title={t("forms.yes")} />
  ) : (
    <span>{t("forms.no")}</span>
  );
}
