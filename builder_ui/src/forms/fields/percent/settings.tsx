import { useT } from "@/i18n";
import type { SettingsProps } from "../contract";
import { NumberRow, Row } from "../settings/rows";

/** The stored fraction has two digits more than the percent that people see. */
const HIDDEN_DIGITS = 2;
const DECIMALS = [0, 1, 2, 3, 4] as const;

/** Limits and digits are set as percent, stored as of the fraction. */
export function Settings(props: SettingsProps) {
  const t = useT();
  const scale = props.field["scale"];
  const decimals = typeof scale === "number" ? scale - HIDDEN_DIGITS : 0;
  return (
    <>
      <Row label={t("designer.scale")} changed={scale !== undefined}>
        {(id) => (
          <select
            id={id}
            className="input sm soft"
            value={decimals}
            onChange={(event) => {
              const chosen = Number(event.target.value);
              props.set({ scale: chosen === 0 ? undefined : chosen + HIDDEN_DIGITS });
            }}
          >
            {DECIMALS.map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
          </select>
        )}
      </Row>
      <NumberRow {...props} property="min" label={t("designer.min")} percent />
      <NumberRow {...props} property="max" label={t("designer.max")} percent />
    </>
  );
}
