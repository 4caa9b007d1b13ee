/** Which cells are chosen, and how keys move through them. */
import { widthOf, type Sheet, type Span } from "./sheet";

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** From the cell that keys work on to the opposite corner of the block. */
export interface Selection {
  readonly anchor: Cell;
  readonly focus: Cell;
}

export const at = (row: number, column: number): Selection => ({
  anchor: { row, column },
  focus: { row, column },
});

export function spanOf({ anchor, focus }: Selection): Span {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    right: Math.max(anchor.column, focus.column),
  };
}

export function contains(span: Span, row: number, column: number): boolean {
  return span.top <= row && row <= span.bottom && span.left <= column && column <= span.right;
}

export function isSingle({ anchor, focus }: Selection): boolean {
  return anchor.row === focus.row && anchor.column === focus.column;
}

/** Inside the sheet; null if it has no cell. */
export function within(selection: Selection | null, sheet: Sheet): Selection | null {
  const width = widthOf(sheet);
  if (!selection || width === 0 || sheet.rows.length === 0) return null;
  const clamp = ({ row, column }: Cell): Cell => ({
    row: Math.max(0, Math.min(row, sheet.rows.length - 1)),
    column: Math.max(0, Math.min(column, width - 1)),
  });
  return { anchor: clamp(selection.anchor), focus: clamp(selection.focus) };
}

export interface Step {
  readonly down?: number;
  readonly right?: number;
  /** The chosen block grows instead of moving. */
  readonly extend?: boolean;
}

export function stepped(
  selection: Selection,
  sheet: Sheet,
  { down = 0, right = 0, extend = false }: Step,
): Selection {
  const from = extend ? selection.focus : selection.anchor;
  const focus = { row: from.row + down, column: from.column + right };
  const next = { anchor: extend ? selection.anchor : focus, focus };
  return within(next, sheet) ?? selection;
}

/** Tab: to the right, and on into the next row; `null` behind the last cell and before the first. */
export function tabbed({ anchor }: Selection, sheet: Sheet, back: boolean): Selection | null {
  const width = widthOf(sheet);
  const next = anchor.row * width + anchor.column + (back ? -1 : 1);
  if (next < 0 || next >= sheet.rows.length * width) return null;
  return at(Math.floor(next / width), next % width);
}

const EDGE: Readonly<Record<string, Step>> = {
  ArrowUp: { down: -1 },
  ArrowDown: { down: 1 },
  ArrowLeft: { right: -1 },
  ArrowRight: { right: 1 },
  PageUp: { down: -10 },
  PageDown: { down: 10 },
};
const FAR = 100_000;

/** What a key that only moves does; null for every other key. With Ctrl it goes to the end. */
export function moveOf(key: string, far: boolean, extend: boolean): Step | null {
  if (key === "Home") return { right: -FAR, ...(far ? { down: -FAR } : {}), extend };
  if (key === "End") return { right: FAR, ...(far ? { down: FAR } : {}), extend };
  const step = EDGE[key];
  if (!step) return null;
  const times = far ? FAR : 1;
  return { down: (step.down ?? 0) * times, right: (step.right ?? 0) * times, extend };
}
