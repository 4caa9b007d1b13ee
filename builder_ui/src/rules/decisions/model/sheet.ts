/** The table of a decision as the server tells it, and its changes. Each gives a new sheet. */
import type { Block } from "./tsv";

export interface InputColumn {
  readonly id: string;
  readonly label: string;
  readonly expression: string;
  readonly type: string;
  readonly allowed: string;
  /** `form.field` whose values it holds; "" for none. */
  readonly field: string;
}

export interface OutputColumn {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly type: string;
  readonly allowed: string;
  readonly default: string;
  readonly field: string;
}

export interface Row {
  /** "" until the server has written it. */
  readonly id: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly annotations: readonly string[];
  readonly description: string;
}

export interface DataName {
  readonly name: string;
  readonly type: string;
}

export interface Sheet {
  readonly id: string;
  readonly label: string;
  readonly hit_policy: string;
  readonly aggregation: string;
  readonly output_label: string;
  readonly inputs: readonly InputColumn[];
  readonly outputs: readonly OutputColumn[];
  readonly annotations: readonly string[];
  readonly rows: readonly Row[];
  /** Input data that a decision reads; a knowledge model has parameters of its own. */
  readonly data?: readonly DataName[];
}

export type Area = "inputs" | "outputs" | "annotations";

/** Columns count through: inputs, then outputs, then annotations. */
export interface Place {
  readonly area: Area;
  readonly index: number;
}

export function widthOf(sheet: Sheet): number {
  return sheet.inputs.length + sheet.outputs.length + sheet.annotations.length;
}

export function placeOf(sheet: Sheet, column: number): Place {
  return placeAmong(sheet.inputs.length, sheet.outputs.length, column);
}

/** The place of a column where there are so many inputs and outputs before the annotations. */
export function placeAmong(inputs: number, outputs: number, column: number): Place {
  if (column < inputs) return { area: "inputs", index: column };
  const behind = column - inputs;
  if (behind < outputs) return { area: "outputs", index: behind };
  return { area: "annotations", index: behind - outputs };
}

export function columnOf(sheet: Sheet, { area, index }: Place): number {
  const before = {
    inputs: 0,
    outputs: sheet.inputs.length,
    annotations: sheet.inputs.length + sheet.outputs.length,
  };
  return before[area] + index;
}

export function cellText(sheet: Sheet, row: number, column: number): string {
  const { area, index } = placeOf(sheet, column);
  return sheet.rows[row]?.[area][index] ?? "";
}

/** What a column is called, and below it what it reads or gives. */
export function titleOf(sheet: Sheet, { area, index }: Place): { label: string; under: string } {
  if (area === "annotations") return { label: sheet.annotations[index] ?? "", under: "" };
  if (area === "inputs") {
    const column = sheet.inputs[index];
    return { label: column?.label || (column?.expression ?? ""), under: column?.expression ?? "" };
  }
  const column = sheet.outputs[index];
  return { label: column?.label || (column?.name ?? ""), under: column?.name ?? "" };
}

/** Whether a pasted first row names the columns: then it is none of the table. */
export function hasHeadings(block: Block, sheet: Sheet): boolean {
  const first = (block[0] ?? []).slice(0, widthOf(sheet));
  const named = first.filter((text, column) => {
    const { label, under } = titleOf(sheet, placeOf(sheet, column));
    return text.trim() !== "" && [label, under].includes(text.trim());
  });
  return named.length > 0 && named.length >= first.length / 2;
}

export const EMPTY: Readonly<Record<Area, string>> = { inputs: "-", outputs: "", annotations: "" };

export function emptyRow(sheet: Sheet): Row {
  return {
    ...{ id: "", description: "" },
    inputs: sheet.inputs.map(() => EMPTY.inputs),
    outputs: sheet.outputs.map(() => EMPTY.outputs),
    annotations: sheet.annotations.map(() => EMPTY.annotations),
  };
}

/** A row may say fewer remarks than there are columns for them. */
function put(row: Row, { area, index }: Place, text: string): Row {
  const cells = Array.from(
    { length: Math.max(row[area].length, index + 1) },
    (_, at) => row[area][at] ?? EMPTY[area],
  );
  return { ...row, [area]: cells.with(index, text) };
}

/** FEEL texts from one cell on, to the right and down; rows that are missing are added. */
export function withBlock(sheet: Sheet, row: number, column: number, block: Block): Sheet {
  const width = widthOf(sheet);
  const rows = [...sheet.rows];
  while (rows.length < row + block.length) rows.push(emptyRow(sheet));
  block.forEach((texts, down) => {
    texts.forEach((text, right) => {
      const target = rows[row + down];
      if (target && column + right < width)
        rows[row + down] = put(target, placeOf(sheet, column + right), text);
    });
  });
  return { ...sheet, rows };
}

export function withCell(sheet: Sheet, row: number, column: number, text: string): Sheet {
  return cellText(sheet, row, column) === text ? sheet : withBlock(sheet, row, column, [[text]]);
}

/** Rows and columns from one corner to the other, both counted in. */
export interface Span {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export function withoutTexts(sheet: Sheet, { top, bottom, left, right }: Span): Sheet {
  const line = Array.from({ length: right - left + 1 }, (_, at) => EMPTY[placeOf(sheet, left + at).area]);
  return withBlock(
    sheet,
    top,
    left,
    Array.from({ length: bottom - top + 1 }, () => line),
  );
}

export function withRows(sheet: Sheet, at: number, rows: readonly Row[]): Sheet {
  return { ...sheet, rows: sheet.rows.toSpliced(at, 0, ...rows) };
}

export function withoutRows(sheet: Sheet, from: number, to: number): Sheet {
  return { ...sheet, rows: sheet.rows.toSpliced(from, to - from + 1) };
}

/** The same rows again below, as new ones. */
export function withCopies(sheet: Sheet, from: number, to: number): Sheet {
  const copies = sheet.rows.slice(from, to + 1).map((row) => ({ ...row, id: "" }));
  return withRows(sheet, to + 1, copies);
}

/** The item taken out and put where `to` says after that; unchanged where it cannot go. */
function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

export function withRowMoved(sheet: Sheet, from: number, to: number): Sheet {
  return { ...sheet, rows: moved(sheet.rows, from, to) };
}

/** Within its kind: an input stays an input. */
export function withColumnMoved(sheet: Sheet, { area, index }: Place, to: number): Sheet {
  return {
    ...sheet,
    [area]: moved<unknown>(sheet[area], index, to),
    rows: sheet.rows.map((row) => ({ ...row, [area]: moved(padded(row, sheet, area), index, to) })),
  };
}

function padded(row: Row, sheet: Sheet, area: Area): readonly string[] {
  return sheet[area].map((_, at) => row[area][at] ?? EMPTY[area]);
}

export type Column =
  | { readonly area: "inputs"; readonly column: InputColumn }
  | { readonly area: "outputs"; readonly column: OutputColumn }
  | { readonly area: "annotations"; readonly column: string };

export function withColumn(sheet: Sheet, { area, column }: Column): Sheet {
  const rows = sheet.rows.map((row) => ({ ...row, [area]: [...padded(row, sheet, area), EMPTY[area]] }));
  return withData({ ...sheet, [area]: [...sheet[area], column], rows }, sheet);
}

export function withColumnChanged(sheet: Sheet, index: number, { area, column }: Column): Sheet {
  return withData({ ...sheet, [area]: (sheet[area] as readonly unknown[]).with(index, column) }, sheet);
}

export function withoutColumn(sheet: Sheet, { area, index }: Place): Sheet {
  const rows = sheet.rows.map((row) => ({ ...row, [area]: padded(row, sheet, area).toSpliced(index, 1) }));
  return withData({ ...sheet, [area]: (sheet[area] as readonly unknown[]).toSpliced(index, 1), rows }, sheet);
}

const PATH = /^([\p{L}_][\p{L}\p{N}_]*)((?:\.[\p{L}_][\p{L}\p{N}_]*)*)$/u;

/** The name at the beginning of a plain path such as `customer.grade`, and whether anything follows it. */
export function pathOf(
  expression: string,
): { readonly name: string; readonly rest: readonly string[] } | null {
  const match = PATH.exec(expression.trim());
  return match ? { name: match[1] ?? "", rest: (match[2] ?? "").split(".").filter(Boolean) } : null;
}

/** The data follows the columns: a new name is asked for, one that nothing reads any more goes. */
function withData(sheet: Sheet, before: Sheet): Sheet {
  if (!before.data) return sheet;
  const kept = before.data.filter(({ name }) => mentions(sheet, name) || !isRead(before, name));
  const data = new Map(kept.map((one) => [one.name, one.type]));
  for (const { expression, type } of sheet.inputs) {
    const path = pathOf(expression);
    if (!path) continue;
    if (path.rest.length === 0) data.set(path.name, type);
    else if (!data.has(path.name)) data.set(path.name, "Any");
  }
  return { ...sheet, data: [...data].map(([name, type]) => ({ name, type })) };
}

const isRead = (sheet: Sheet, name: string) =>
  sheet.inputs.some((one) => pathOf(one.expression)?.name === name);

function mentions(sheet: Sheet, name: string): boolean {
  const word = new RegExp(
    `(?<![\\p{L}\\p{N}_.])${name.replace(/[^\p{L}\p{N}_ ]/gu, "\\$&")}(?![\\p{L}\\p{N}_])`,
    "u",
  );
  const texts = [
    ...sheet.inputs.map((one) => one.expression),
    ...sheet.outputs.map((one) => one.default),
    ...sheet.rows.flatMap((row) => [...row.inputs, ...row.outputs]),
  ];
  return texts.some((text) => word.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""')));
}
