import { useEffect, useMemo, useRef, useState, type DragEvent } from "react";
import { useT } from "@/i18n";
import { Icon } from "@/ui";
import { useAround } from "./around";
import { stepsOf } from "./CellView";
import { DefaultRow } from "./DefaultRow";
import { GapRow } from "./GapRow";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { spanOf } from "./model/selection";
import { withRowMoved, type Place } from "./model/sheet";
import { TrialRow } from "./TrialRow";
import { useHands, type Cells } from "./useCells";
import "./grid.css";

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
  const hands = useHands(cells);
  const [dragging, setDragging] = useState<Dragging | null>(null);
  const drag = useMemo(() => rowDrag(setDragging), []);
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
  const hits = new Set(trial?.matched);
  const passedIn = (row: number) =>
    (trial?.passed ?? []).flatMap((rows, at) => (rows.includes(row) ? [at] : [])).join(" ");
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
      onMouseDown={cells.onMouseDown}
      onMouseOver={cells.onMouseOver}
      onDoubleClick={cells.onDoubleClick}
      onFocus={cells.onFocus}
      onCopy={cells.onCopy}
      onCut={cells.onCut}
      onPaste={cells.onPaste}
    >
      <GridHead onColumn={onColumn} onAddColumn={onAddColumn} />
      <tbody
        onDragOver={(event) => {
          const over = rowAt(event);
          if (dragging === null || over === null) return;
          event.preventDefault();
          if (over !== dragging.over) setDragging({ ...dragging, over });
        }}
        onDrop={(event) => {
          const to = rowAt(event);
          if (dragging === null || to === null) return;
          event.preventDefault();
          setDragging(null);
          if (to !== dragging.from) change(withRowMoved(sheet, dragging.from, to));
        }}
      >
        {gapsAfter(0).map((gap, at) => (
          <GapRow key={`gap-0-${at}`} gap={gap} />
        ))}
        {sheet.rows.map((row, at) => [
          <GridRow
            key={`row-${at}`}
            {...{ row, styles, marks, steps, drag, hands }}
            index={at}
            inputs={sheet.inputs.length}
            outputs={sheet.outputs.length}
            left={span && span.top <= at && at <= span.bottom ? span.left : -1}
            right={span && span.top <= at && at <= span.bottom ? span.right : -1}
            focus={anchor ? (anchor.row === at ? anchor.column : -1) : at === 0 ? -2 : -1}
            editing={cells.editing?.row === at ? cells.editing : null}
            hit={hits.has(at + 1)}
            passed={hits.has(at + 1) ? passedIn(at + 1) : ""}
            drop={dropOf(dragging, at)}
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
        <DefaultRow steps={steps} onColumn={onColumn} />
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

interface Dragging {
  readonly from: number;
  readonly over: number;
}

export interface RowDrag {
  /** Properties of what a row is held by. */
  readonly handle: (row: number) => object;
}

function rowDrag(tell: (dragging: Dragging | null) => void): RowDrag {
  return {
    handle: (row) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", String(row + 1));
        tell({ from: row, over: row });
      },
      onDragEnd: () => tell(null),
    }),
  };
}

function rowAt({ target }: DragEvent): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  return row ? Number(row.dataset["row"]) : null;
}

function dropOf(dragging: Dragging | null, row: number): "" | "drop-before" | "drop-after" {
  if (dragging?.over !== row || dragging.from === row) return "";
  return dragging.from < row ? "drop-after" : "drop-before";
}
