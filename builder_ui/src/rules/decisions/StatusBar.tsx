import { useT } from "@/i18n";
import { Icon } from "@/ui";
import { useAround } from "./around";
import { cellText, placeOf, titleOf } from "./model/sheet";
import type { Cells } from "./useCells";

/** The chosen cell as FEEL, and how to get around. */
export function StatusBar({ cells, onKeys }: { cells: Cells; onKeys: () => void }) {
  const t = useT();
  const { sheet } = useAround();
  const { anchor } = cells.selection ?? {};
  return (
    <footer className="statusbar">
      {anchor && (
        <>
          <span>{t("decisions.row", { row: anchor.row + 1 })}</span>
          <Icon name="right" size="s" className="dim" />
          <b>{titleOf(sheet, placeOf(sheet, anchor.column)).label}</b>
          <span className="vr" />
          <code className="ell">{cellText(sheet, anchor.row, anchor.column)}</code>
        </>
      )}
      <span className="push" />
      <span className="tip">{t("decisions.typing")}</span>
      <span className="tip">
        <span className="kbd">Tab</span> {t("decisions.keys.next")}
      </span>
      <button type="button" onClick={onKeys}>
        <span className="kbd">?</span> {t("decisions.keys")}
      </button>
    </footer>
  );
}
