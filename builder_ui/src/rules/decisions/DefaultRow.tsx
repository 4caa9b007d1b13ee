import { useT } from "@/i18n";
import { useAround } from "./around";
import { Output } from "./CellView";
import { titleOf, type Place } from "./model/sheet";

/** What comes out when no row matches; only tables that say so have it. */
export function DefaultRow({
  steps,
  onColumn,
}: {
  steps: readonly (number | undefined)[];
  onColumn: (place: Place) => void;
}) {
  const t = useT();
  const { sheet, styles, trial } = useAround();
  if (sheet.outputs.every((one) => one.default === "")) return null;
  const isHit = trial !== null && trial.matched.length === 0 && trial.value !== "null";
  return (
    <tr className={isHit ? "default hit" : "default"}>
      <td className="g" />
      <th scope="row" className="no">
        {t("decisions.default.short")}
      </th>
      {sheet.inputs.length > 0 && (
        <td colSpan={sheet.inputs.length} className="ink2 why">
          {t("decisions.default.why")}
        </td>
      )}
      {sheet.outputs.map((one, index) => {
        const style = styles[sheet.inputs.length + index];
        const place: Place = { area: "outputs", index };
        return (
          <td key={index} className={index === 0 ? "out out1" : "out"}>
            <button
              type="button"
              className="value"
              aria-label={t("decisions.default.edit", { column: titleOf(sheet, place).label })}
              onClick={() => onColumn(place)}
            >
              {style && <Output text={one.default} style={style} steps={steps[index]} />}
            </button>
          </td>
        );
      })}
      <td colSpan={sheet.annotations.length + 1} />
    </tr>
  );
}
