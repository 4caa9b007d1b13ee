import { useT } from "@/i18n";
import type { InputProps } from "../contract";

/** Allotted when the record is written; never typed. */
export function Input({ id, value, describedBy }: InputProps) {
  const t = useT();
  const shown = typeof value === "string" ? value : "";
  return (
    <input
      id={id}
      className="input ro"
      value={shown}
      placeholder={t("forms.auto-number")}
      disabled
      aria-describedby={describedBy}
    />
  );
}
