import type { ReactNode } from "react";
import { useT } from "@/i18n";
import { Icon } from "@/ui";
import { useAround } from "./around";
import { CellEditor } from "./CellEditor";
import { CellView } from "./CellView";
import type { RowDrag } from "./Grid";
import type { Meeting } from "./model/marks";
import { placeOf, type Row } from "./model/sheet";
import type { Cells, Editing } from "./useCells";

interface Props {
  row: Row;
  index: number;
  steps: readonly (number | undefined)[];
  cells: Cells;
  /** First and last chosen column of the row; -1 for none. */
  left: number;
  right: number;
  /** The column that keys work on; -1 for none. */
  focus: number;
  editing: Editing | null;
  hit: boolean;
  drag: RowDrag;
}

export function GridRow(props: Props) {
  const { row, index, cells, left, right, hit, drag } = props;
  const t = useT();
  const { marks, styles } = useAround();
  const tone = marks.cells.get(`${index}.`);
  const classes = [
    ...[hit ? "hit" : "", tone ? `has-${tone}` : ""],
    drag.over === index && drag.from !== null ? (drag.from < index ? "drop-after" : "drop-before") : "",
  ];
  const whole = left === 0 && right === styles.length - 1;
  return (
    <tr className={classes.filter(Boolean).join(" ")} aria-rowindex={index + 1} {...drag.target(index)}>
      <td className="g">
        <Bracket index={index} meetings={marks.meetings} />
        <span className="grip" aria-hidden {...drag.handle(index)}>
          <Icon name="grip" size="s" />
        </span>
      </td>
      <th scope="row" className="no">
        <button
          type="button"
          className={whole ? "on" : ""}
          aria-label={t("decisions.row.choose", { row: index + 1 })}
          aria-pressed={whole}
          onClick={(event) => cells.chooseRow(index, event.shiftKey)}
        >
          {index + 1}
        </button>
      </th>
      {styles.map((_, column) => (
        <GridCell key={column} {...props} column={column} text={textAt(row, column, props)} />
      ))}
      <td className="end" />
    </tr>
  );
}

function textAt(row: Row, column: number, { cells }: Props): string {
  const { area, index } = placeOf(cells.sheet, column);
  return row[area][index] ?? "";
}

/** Rows that can match at once are tied together at the left. */
function Bracket({ index, meetings }: { index: number; meetings: readonly Meeting[] }) {
  const t = useT();
  const meeting = meetings.find(({ rows }) => (rows[0] ?? 0) <= index && index <= (rows.at(-1) ?? -1));
  if (!meeting) return null;
  const first = meeting.rows[0] === index;
  const last = meeting.rows.at(-1) === index;
  const member = meeting.rows.includes(index);
  return (
    <>
      <span className={["br", first ? "first" : "", last ? "last" : "", member ? "member" : ""].join(" ")} />
      {first && (
        <span className="mk">
          <Icon name="error" size="s" className="red" title={t("decisions.meet")} />
        </span>
      )}
    </>
  );
}

function GridCell(props: Props & { column: number; text: string }): ReactNode {
  const { index, column, text, cells, left, right, focus, editing, hit, steps } = props;
  const t = useT();
  const { sheet, styles, marks, trial } = useAround();
  const place = placeOf(sheet, column);
  const style = styles[column];
  if (!style) return null;
  const edited = editing?.column === column ? editing : null;
  const isFocus = focus === column;
  const passed = hit && place.area === "inputs" && trial?.passed[place.index]?.includes(index + 1);
  const tone = marks.cells.get(`${index}.${column}`);
  const classes = [
    ...["cell", place.area === "outputs" && place.index === 0 ? "out1" : ""],
    ...[place.area === "outputs" ? "out" : place.area === "annotations" ? "note" : ""],
    ...[left <= column && column <= right ? "chosen" : "", isFocus ? "edit" : ""],
    tone ? (tone === "error" ? "bad" : "doubt") : "",
  ];
  return (
    <td
      role="gridcell"
      data-cell={`${index}.${column}`}
      className={classes.filter(Boolean).join(" ")}
      tabIndex={isFocus || (cells.selection === null && index === 0 && column === 0) ? 0 : -1}
      aria-colindex={column + 1}
      aria-selected={left <= column && column <= right}
      aria-invalid={tone === "error" || undefined}
      onMouseDown={(event) => cells.onMouseDown(event, index, column)}
      onMouseEnter={(event) => cells.onMouseEnter(event, index, column)}
      onDoubleClick={() => cells.edit(index, column)}
      onFocus={() => cells.onFocus(index, column)}
    >
      <div className="in">
        <CellView
          area={place.area}
          text={text}
          style={style}
          steps={place.area === "outputs" ? steps[place.index] : undefined}
        />
        {passed && <Icon name="check" size="s" className="y" />}
        {isFocus && !edited && place.area !== "annotations" && (
          <button
            type="button"
            className="open"
            tabIndex={-1}
            aria-label={t("decisions.cell.pick")}
            onClick={() => cells.edit(index, column)}
          >
            <Icon name="down" size="s" />
          </button>
        )}
      </div>
      {edited && <CellEditor place={place} style={style} editing={edited} cells={cells} />}
    </td>
  );
}
