import { useState } from "react";
import { useT } from "@/i18n";
import { Dialog, Labelled } from "@/ui";
import { useAround } from "./around";
import { hasHeadings, placeOf, titleOf, widthOf, type Sheet } from "./model/sheet";
import { readBlock } from "./model/tsv";
import type { Cells } from "./useCells";

/** Rows out of a spreadsheet, for those who do not paste into the cells themselves. */
export function PasteDialog({ cells, onClose }: { cells: Cells; onClose: () => void }) {
  const t = useT();
  const { sheet } = useAround();
  const [text, setText] = useState("");
  const whole = text.trim() === "" ? [] : readBlock(text);
  const count = hasHeadings(whole, sheet) ? whole.length - 1 : whole.length;
  const paste = () => {
    cells.paste(whole, isBare(sheet) ? 0 : sheet.rows.length, 0);
    onClose();
  };
  return (
    <Dialog
      open
      title={t("decisions.paste")}
      width={640}
      onClose={onClose}
      confirm={{
        label: t("decisions.paste.rows", { count }),
        run: paste,
        disabled: count === 0,
      }}
    >
      <div className="col decision-paste">
        <p className="hint">
          {t("decisions.paste.columns", {
            columns: Array.from(
              { length: widthOf(sheet) },
              (_, at) => titleOf(sheet, placeOf(sheet, at)).label,
            ).join(" · "),
          })}
        </p>
        <Labelled label={t("decisions.paste.text")} hint={t("decisions.paste.hint")}>
          {(id, describedBy) => (
            <textarea
              id={id}
              aria-describedby={describedBy}
              className="textarea mono"
              rows={8}
              value={text}
              spellCheck={false}
              autoFocus
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Labelled>
      </div>
    </Dialog>
  );
}

/** A table that only has rows without a word in them takes the first pasted row in their place. */
function isBare(sheet: Sheet): boolean {
  return sheet.rows.every(
    (row) =>
      row.inputs.every((text) => text === "-" || text === "") &&
      row.outputs.every((text) => ["", "-", "null"].includes(text)),
  );
}
