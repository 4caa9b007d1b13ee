import { useT } from "@/i18n";
import { Icon } from "@/ui";
import { useAround } from "./around";
import { TestsView } from "./CellView";
import type { Gap } from "./model/marks";
import { emptyRow, withRows } from "./model/sheet";

/** Values that no row takes, where the row for them would stand. */
export function GapRow({ gap }: { gap: Gap }) {
  const t = useT();
  const { sheet, styles, change } = useAround();
  const fill = () => change(withRows(sheet, gap.after, [{ ...emptyRow(sheet), inputs: gap.cells }]));
  return (
    <tr className="gap">
      <td className="g">
        <span className="mk">
          <Icon name="warn" size="s" className="amber" />
        </span>
      </td>
      <th scope="row" className="no">
        {t("decisions.gap.short")}
      </th>
      {gap.cells.map((cell, at) => {
        const style = styles[at];
        return <td key={at}>{style && <TestsView text={cell} style={style} />}</td>;
      })}
      <td className="out1" colSpan={styles.length - sheet.inputs.length + 1}>
        {t("decisions.gap.uncovered")}
        <button type="button" className="lk b" onClick={fill}>
          {t("decisions.gap.fill")}
        </button>
      </td>
    </tr>
  );
}
