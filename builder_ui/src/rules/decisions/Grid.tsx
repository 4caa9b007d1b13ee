import { useEffect, useMemo, useRef, useState, type DragEvent } from "react";
import { useT } from "@/i18n";
import { Icon } from "@/ui";
import { useAround } from "./around";
import { stepsOf } from "./CellView";
import { GapRow } from "./GapRow";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { spanOf } from "./model/selection";
import { withRowMoved, type Place } from "./model/sheet";
import { TrialRow } from "./TrialRow";
import type { Cells } from "./useCells";

interface Props {
  cells: Cells;
  onColumn: (place: Place) => void;
  onAddColumn: (area: Place["area"]) => void;
}

/** The table: head, rows with gaps between them, and the trial below. */
export function Grid({ cells, onColumn, onAddColumn }: Props) {
  const t = useT();
  const { sheet, styles, marks, trial, change } = useAround();
  const table = useRef<HTMLTableElement>(null);
  const drag = useRowDrag((from, to) => change(withRowMoved(sheet, from, to)));
  const steps = useMemo(
    () =>
      sheet.outputs.map((_, at) => {
        const style = styles[sheet.inputs.length + at];
        return (
          style &&
          stepsOf(
            sheet.rows.map((row) => row.outputs[at] ?? ""),
            style,
          )
        );
      }),
    [sheet, styles],
  );
  useFollowingFocus(table, cells);
  const span = cells.selection && spanOf(cells.selection);
  const { anchor } = cells.selection ?? {};
  const gapsAfter = (row: number) => marks.gaps.filter((gap) => gap.after === row);
  return (
    // The cells take the focus; keys and the clipboard are read on their way up.

    <table
      ref={table}
      className={sheet.annotations.length > 0 ? "dt noted" : "dt"}
      role="grid"
      aria-label={t("decisions.grid")}
      aria-multiselectable
      onKeyDown={cells.onKeyDown}
      onCopy={cells.onCopy}
      onCut={cells.onCut}
      onPaste={cells.onPaste}
    >
      <GridHead onColumn={onColumn} onAddColumn={onAddColumn} />
      <tbody>
        {gapsAfter(0).map((gap, at) => (
          <GapRow key={`gap-0-${at}`} gap={gap} />
        ))}
        {sheet.rows.map((row, at) => [
          <GridRow
            key={`row-${at}`}
            row={row}
            index={at}
            steps={steps}
            cells={cells}
            left={span && span.top <= at && at <= span.bottom ? span.left : -1}
            right={span && span.top <= at && at <= span.bottom ? span.right : -1}
            focus={anchor?.row === at ? anchor.column : -1}
            editing={cells.editing?.row === at ? cells.editing : null}
            hit={trial?.matched.includes(at + 1) ?? false}
            drag={drag}
          />,
          ...gapsAfter(at + 1).map((gap, number) => <GapRow key={`gap-${at}-${number}`} gap={gap} />),
        ])}
        {sheet.rows.length === 0 && (
          <tr className="none">
            <td className="g" />
            <td className="no" />
            <td colSpan={styles.length + 1} className="ink2" role="gridcell" tabIndex={0}>
              <Icon name="info" size="s" /> {t("decisions.no-rows")}
            </td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <TrialRow steps={steps} />
      </tfoot>
    </table>
  );
}

/** Keys move the focus to the chosen cell; the pointer has put it there itself. */
function useFollowingFocus(table: React.RefObject<HTMLTableElement | null>, cells: Cells): void {
  const { selection, editing, follows } = cells;
  const row = selection?.anchor.row;
  const column = selection?.anchor.column;
  const isEditing = editing !== null;
  useEffect(() => {
    if (isEditing || !follows.current || row === undefined || column === undefined) return;
    follows.current = false;
    table.current?.querySelector<HTMLElement>(`[data-cell="${row}.${column}"]`)?.focus();
  }, [table, row, column, isEditing, follows]);
}

export interface RowDrag {
  readonly from: number | null;
  readonly over: number | null;
  readonly handle: (row: number) => object;
  readonly target: (row: number) => object;
}

function useRowDrag(onMove: (from: number, to: number) => void): RowDrag {
  const [from, setFrom] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const end = () => {
    setFrom(null);
    setOver(null);
  };
  return {
    ...{ from, over },
    handle: (row) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", String(row + 1));
        setFrom(row);
      },
      onDragEnd: end,
    }),
    target: (row) =>
      from === null
        ? {}
        : {
            onDragOver: (event: DragEvent) => {
              event.preventDefault();
              setOver(row);
            },
            onDrop: (event: DragEvent) => {
              event.preventDefault();
              if (from !== row) onMove(from, row);
              end();
            },
          },
  };
}
