/** Choosing and editing cells by keys, pointer and clipboard, as in a spreadsheet. */
import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from "react";
import { flushSync } from "react-dom";
import { t } from "@/i18n";
import { toast } from "@/ui";
import { readOutput, readTests } from "./model/cell";
import {
  at,
  isSingle,
  moveOf,
  spanOf,
  stepped,
  tabbed,
  within,
  type Cell,
  type Selection,
} from "./model/selection";
import {
  cellText,
  columnOf,
  emptyRow,
  hasHeadings,
  placeOf,
  widthOf,
  withBlock,
  withCell,
  withColumnMoved,
  withCopies,
  withoutRows,
  withoutTexts,
  withRowMoved,
  withRows,
  type Sheet,
} from "./model/sheet";
import type { Style } from "./model/style";
import { readBlock, writeBlock, type Block } from "./model/tsv";
import { outputFromTyped, testsFromTyped, typedFromOutput, typedFromTests } from "./model/typed";

export interface Editing extends Cell {
  /** What the box shows first: the cell as one would type it, or the key that began it. */
  readonly typed: string;
  /** Choices are shown from the start; who types sees them as help. */
  readonly picks: boolean;
}

export type After = "down" | "up" | "right" | "left" | "stay";

export interface Cells {
  readonly sheet: Sheet;
  readonly selection: Selection | null;
  readonly editing: Editing | null;
  /** Set when the focus has to follow the selection. */
  readonly follows: RefObject<boolean>;
  readonly select: (selection: Selection | null) => void;
  readonly chooseRow: (row: number, extend: boolean) => void;
  readonly edit: (row: number, column: number, typed?: string) => void;
  /** Ends editing; null keeps the cell as it was. */
  readonly finish: (typed: string | null, after: After) => void;
  readonly paste: (block: Block, row: number, column: number) => void;
  readonly act: (action: RowAction) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onMouseDown: (event: MouseEvent) => void;
  readonly onMouseOver: (event: MouseEvent) => void;
  readonly onDoubleClick: (event: MouseEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onCopy: (event: ClipboardEvent) => void;
  readonly onCut: (event: ClipboardEvent) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
}

/** What a row calls; the same functions as long as the grid is there. */
export type Hands = Pick<Cells, "chooseRow" | "edit" | "finish">;

/** Stands for whatever the cells are now, so that rows need not be drawn anew for it. */
export function useHands(cells: Cells): Hands {
  const latest = useRef(cells);
  useLayoutEffect(() => {
    latest.current = cells;
  });
  return useMemo(
    () => ({
      chooseRow: (row, extend) => latest.current.chooseRow(row, extend),
      edit: (row, column, typed) => latest.current.edit(row, column, typed),
      finish: (typed, after) => latest.current.finish(typed, after),
    }),
    [],
  );
}

/** The cell in which something happened. */
function cellAt({ target }: { target: EventTarget }): Cell | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-cell]") : null;
  const [row, column] = (cell?.dataset["cell"] ?? "").split(".").map(Number);
  return cell && row !== undefined && column !== undefined ? { row, column } : null;
}

export type RowAction = "above" | "below" | "copy" | "up" | "down" | "delete";

/** A typed text as what the cell holds. */
export function feelOf(sheet: Sheet, column: number, typed: string, style: Style): string {
  const { area } = placeOf(sheet, column);
  if (area === "inputs") return testsFromTyped(typed, style);
  return area === "outputs" ? outputFromTyped(typed, style) : typed;
}

export function typedOf(sheet: Sheet, row: number, column: number, style: Style): string {
  const text = cellText(sheet, row, column);
  const { area } = placeOf(sheet, column);
  if (area === "inputs") return typedFromTests(readTests(text), style);
  return area === "outputs" ? typedFromOutput(readOutput(text), style) : text;
}

interface Options {
  sheet: Sheet;
  styles: readonly Style[];
  change: (sheet: Sheet) => void;
  undo: () => void;
  redo: () => void;
}

export function useCells({ sheet, styles, change, undo, redo }: Options): Cells {
  const [wanted, setSelection] = useState<Selection | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const follows = useRef(false);
  const selection = within(wanted, sheet);
  const select = (next: Selection | null) => {
    follows.current = true;
    setSelection(next);
  };
  const edit = (row: number, column: number, typed?: string) => {
    const style = styles[column];
    if (!style) return;
    setSelection(at(row, column));
    const own = typedOf(sheet, row, column, style);
    setEditing({ row, column, typed: typed ?? own, picks: typed === undefined });
  };
  const go = (from: Selection, after: After) => {
    if (after === "right" || after === "left") select(tabbed(from, sheet, after === "left") ?? from);
    else select(stepped(from, sheet, { down: STEP[after] ?? 0 }));
  };
  const finish = (typed: string | null, after: After) => {
    if (!editing) return;
    const style = styles[editing.column];
    setEditing(null);
    const own = style && typedOf(sheet, editing.row, editing.column, style);
    if (typed !== null && style && typed !== own)
      change(withCell(sheet, editing.row, editing.column, feelOf(sheet, editing.column, typed, style)));
    go(at(editing.row, editing.column), after);
  };
  const paste = (whole: Block, row: number, column: number) => {
    const block = column === 0 && hasHeadings(whole, sheet) ? whole.slice(1) : whole;
    const ends = block.map((texts) => texts.findLastIndex((text) => text.trim() !== "") + 1);
    const left = Math.max(0, ...ends) + column - widthOf(sheet);
    if (left > 0) toast.show(t("decisions.paste.left", { count: left }));
    const feel = block.map((texts) =>
      texts.map((text, right) => {
        const style = styles[column + right];
        return style ? feelOf(sheet, column + right, text, style) : text;
      }),
    );
    change(withBlock(sheet, row, column, feel));
    const bottom = { row: row + block.length - 1, column: column + (block[0]?.length ?? 1) - 1 };
    select({ anchor: { row, column }, focus: bottom });
  };
  const act = (action: RowAction) => {
    const { top, bottom } = selection
      ? spanOf(selection)
      : { top: sheet.rows.length - 1, bottom: sheet.rows.length - 1 };
    const column = selection?.anchor.column ?? 0;
    const [next, row] = acted(sheet, action, top, bottom);
    change(next);
    select(at(row, column));
  };
  const cells: Cells = {
    ...{ sheet, selection, editing, follows, select, edit, finish, paste, act },
    chooseRow: (row, extend) => {
      const first = extend && selection ? selection.anchor.row : row;
      select({ anchor: { row: first, column: 0 }, focus: { row, column: widthOf(sheet) - 1 } });
    },
    onKeyDown: (event) => onKey(event, cells, { change, undo, redo }),
    onMouseDown: (event) => {
      const focus = cellAt(event);
      if (!focus || event.button !== 0 || isTyping(event)) return;
      if ((event.target as HTMLElement).closest("button")) return;
      setSelection(
        event.shiftKey && selection ? { anchor: selection.anchor, focus } : at(focus.row, focus.column),
      );
    },
    onMouseOver: (event) => {
      const focus = event.buttons === 1 && selection && !editing ? cellAt(event) : null;
      if (focus && selection) setSelection({ anchor: selection.anchor, focus });
    },
    onDoubleClick: (event) => {
      const cell = cellAt(event);
      if (cell && !isTyping(event)) edit(cell.row, cell.column);
    },
    onFocus: (event) => {
      const cell = selection === null ? cellAt(event) : null;
      if (cell) setSelection(at(cell.row, cell.column));
    },
    onCopy: (event) => void copied(event, cells, styles),
    onCut: (event) => {
      if (copied(event, cells, styles) && selection) change(withoutTexts(sheet, spanOf(selection)));
    },
    onPaste: (event) => {
      const block = readBlock(event.clipboardData.getData("text/plain"));
      if (isTyping(event) || (!selection && sheet.rows.length > 0)) return;
      event.preventDefault();
      if (!selection) return cells.paste(block, 0, 0);
      const { top, left } = spanOf(selection);
      cells.paste(spread(block, selection), top, left);
    },
  };
  return cells;
}

const STEP: Readonly<Partial<Record<After, number>>> = { down: 1, up: -1 };

/** One value over many chosen cells fills them all. */
function spread(block: Block, selection: Selection): Block {
  const [only] = block[0] ?? [];
  if (block.length !== 1 || block[0]?.length !== 1 || only === undefined || isSingle(selection)) return block;
  const { top, bottom, left, right } = spanOf(selection);
  return Array.from({ length: bottom - top + 1 }, () => Array.from({ length: right - left + 1 }, () => only));
}

function acted(sheet: Sheet, action: RowAction, top: number, bottom: number): readonly [Sheet, number] {
  switch (action) {
    case "above":
      return [withRows(sheet, Math.max(top, 0), [emptyRow(sheet)]), Math.max(top, 0)];
    case "below":
      return [withRows(sheet, bottom + 1, [emptyRow(sheet)]), bottom + 1];
    case "copy":
      return [withCopies(sheet, top, bottom), bottom + 1];
    case "up":
      return top > 0 ? [withRowMoved(sheet, top - 1, bottom), top - 1] : [sheet, top];
    case "down":
      return bottom < sheet.rows.length - 1 ? [withRowMoved(sheet, bottom + 1, top), top + 1] : [sheet, top];
    case "delete":
      return [withoutRows(sheet, top, bottom), Math.max(0, top - (bottom === sheet.rows.length - 1 ? 1 : 0))];
  }
}

function isTyping(event: { target: EventTarget }): boolean {
  return event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
}

function copied(event: ClipboardEvent, { sheet, selection }: Cells, styles: readonly Style[]): boolean {
  if (isTyping(event) || !selection) return false;
  const { top, bottom, left, right } = spanOf(selection);
  const block: string[][] = [];
  for (let row = top; row <= bottom; row += 1) {
    const line: string[] = [];
    for (let column = left; column <= right; column += 1) {
      const style = styles[column];
      line.push(style ? typedOf(sheet, row, column, style) : "");
    }
    block.push(line);
  }
  event.preventDefault();
  event.clipboardData.setData("text/plain", writeBlock(block));
  return true;
}

interface Ways {
  change: (sheet: Sheet) => void;
  undo: () => void;
  redo: () => void;
}

function onKey(event: KeyboardEvent, cells: Cells, hands: Ways): void {
  if (isTyping(event) || event.target instanceof HTMLButtonElement || cells.editing) return;
  const control = event.ctrlKey || event.metaKey;
  const done =
    (event.altKey && withAlt(event.key, cells, hands)) ||
    (control && withControl(event, cells, hands)) ||
    (!control && !event.altKey && plain(event, cells, hands)) ||
    moves(event, cells);
  if (done) event.preventDefault();
}

/** Alt and an arrow move rows, or the column. */
function withAlt(key: string, cells: Cells, { change }: Ways): boolean {
  const { sheet, selection } = cells;
  if (!selection) return false;
  if (key === "ArrowUp" || key === "ArrowDown") {
    cells.act(key === "ArrowUp" ? "up" : "down");
    return true;
  }
  if (key !== "ArrowLeft" && key !== "ArrowRight") return false;
  const place = placeOf(sheet, selection.anchor.column);
  const to = place.index + (key === "ArrowLeft" ? -1 : 1);
  const next = withColumnMoved(sheet, place, to);
  if (next[place.area] !== sheet[place.area]) {
    change(next);
    cells.select(at(selection.anchor.row, columnOf(sheet, { area: place.area, index: to })));
  }
  return true;
}

function withControl(event: KeyboardEvent, cells: Cells, hands: Ways): boolean {
  const { sheet } = cells;
  switch (event.key.toLowerCase()) {
    case "z":
      (event.shiftKey ? hands.redo : hands.undo)();
      return true;
    case "y":
      hands.redo();
      return true;
    case "enter":
      cells.act(event.shiftKey ? "above" : "below");
      return true;
    case "d":
      cells.act("copy");
      return true;
    case "backspace":
    case "delete":
      if (sheet.rows.length > 0) cells.act("delete");
      return true;
    case "a":
      cells.select({
        anchor: { row: 0, column: 0 },
        focus: { row: sheet.rows.length - 1, column: widthOf(sheet) - 1 },
      });
      return true;
    default:
      return false;
  }
}

function plain(event: KeyboardEvent, cells: Cells, { change }: Ways): boolean {
  const { sheet, selection } = cells;
  if (!selection) return false;
  const { row, column } = selection.anchor;
  switch (event.key) {
    case "Enter":
    case "F2":
      cells.edit(row, column);
      return true;
    case "Delete":
    case "Backspace":
      change(withoutTexts(sheet, spanOf(selection)));
      return true;
    case "Tab": {
      const next = tabbed(selection, sheet, event.shiftKey);
      if (next) cells.select(next);
      return next !== null;
    }
    case "Escape":
      cells.select(at(row, column));
      return true;
    default:
      return begun(event, cells);
  }
}

/** A letter replaces the cell; `?` asks for the keys. The box is there before the letter arrives, also for what an input method composes. */
function begun(event: KeyboardEvent, { selection, edit }: Cells): boolean {
  const isText = event.key.length === 1 || event.key === "Process" || event.nativeEvent.isComposing;
  if (!isText || !selection || event.key === "?") return false;
  flushSync(() => edit(selection.anchor.row, selection.anchor.column, ""));
  return false;
}

function moves(event: KeyboardEvent, { sheet, selection, select }: Cells): boolean {
  const step = moveOf(event.key, event.ctrlKey || event.metaKey, event.shiftKey);
  if (!step || !selection || event.altKey) return false;
  select(stepped(selection, sheet, step));
  return true;
}
