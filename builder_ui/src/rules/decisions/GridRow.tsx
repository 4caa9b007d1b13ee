import { memo } from "react";
import { useT } from "@/i18n";
import { Icon } from "@/ui";
import { CellEditor } from "./CellEditor";
import { CellView } from "./CellView";
import type { RowDrag } from "./Grid";
import type { Marks, Meeting } from "./model/marks";
import { placeAmong, type Row } from "./model/sheet";
import type { Style } from "./model/style";
import type { Editing, Hands } from "./useCells";

interface Props {
  row: Row;
  index: number;
  /** How many columns are inputs, and how many outputs. */
  inputs: number;
  outputs: number;
  styles: readonly Style[];
  marks: Marks;
  steps: readonly (number | undefined)[];
  /** First and last chosen column of the row; -1 for none. */
  left: number;
  right: number;
  /** The column that keys work on; -1 for none. */
  focus: number;
  editing: Editing | null;
  /** Input columns whose cell the trial passed, in a row that it hit; "" in all others. */
  passed: string;
  hit: boolean;
  drop: "" | "drop-before" | "drop-after";
  drag: RowDrag;
  hands: Hands;
}

/** One rule. It is drawn anew only when something of it changes: tables have hundreds. */
export const GridRow = memo(function GridRow(props: Props) {
  const { row, index, styles, marks, left, right, hit, drop, drag, hands } = props;
  const t = useT();
  const tone = marks.cells.get(`${index}.`);
  const classes = [hit ? "hit" : "", tone ? `has-${tone}` : "", drop];
  const whole = left === 0 && right === styles.length - 1;
  return (
    <tr className={classes.filter(Boolean).join(" ")} aria-rowindex={index + 1} data-row={index}>
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
          onClick={(event) => hands.chooseRow(index, event.shiftKey)}
        >
          {index + 1}
        </button>
      </th>
      {styles.map((style, column) => (
        <GridCell key={column} {...props} column={column} style={style} text={textAt(row, column, props)} />
      ))}
      <td className="end" />
    </tr>
  );
});

function textAt(row: Row, column: number, { inputs, outputs }: Props): string {
  const { area, index } = placeAmong(inputs, outputs, column);
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

function GridCell(props: Props & { column: number; style: Style; text: string }) {
  const { index, inputs, outputs, column, style, text, marks, left, right, focus, editing, passed, steps } =
    props;
  const t = useT();
  const place = placeAmong(inputs, outputs, column);
  const edited = editing?.column === column ? editing : null;
  const isFocus = focus === column;
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
      tabIndex={isFocus || (focus === -2 && column === 0) ? 0 : -1}
      aria-colindex={column + 1}
      aria-selected={left <= column && column <= right}
      aria-invalid={tone === "error" || undefined}
    >
      <div className="in">
        <CellView
          area={place.area}
          text={text}
          style={style}
          steps={place.area === "outputs" ? steps[place.index] : undefined}
        />
        {place.area === "inputs" && passed.split(" ").includes(String(column)) && (
          <Icon name="check" size="s" className="y" />
        )}
        {isFocus && !edited && place.area !== "annotations" && (
          <button
            type="button"
            className="open"
            tabIndex={-1}
            aria-label={t("decisions.cell.pick")}
            onClick={() => props.hands.edit(index, column)}
          >
            <Icon name="down" size="s" />
          </button>
        )}
      </div>
      {edited && <CellEditor place={place} style={style} editing={edited} finish={props.hands.finish} />}
    </td>
  );
}
