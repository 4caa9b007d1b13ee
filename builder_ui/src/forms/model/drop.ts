/**
 * Where a dragged thing would go: an insertion line between rows, or beside a field.
 *
 * All boxes are measured once when the drag starts, in coordinates of the sheet, so that moving the pointer costs
 * no layout. The line is what the person sees; the place is what the edit does.
 */
import {
  isInside,
  itemsAt,
  nodeAt,
  rowsOf,
  samePath,
  type Layout,
  type LayoutNode,
  type Path,
} from "./layout";
import { hasRoom, type Place } from "./placing";

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A node as it lies on the sheet; what is not drawn has no box. The box of a tab is the body of the open one. */
export interface Box {
  readonly path: Path;
  readonly rect: Rect;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line extends Rect {
  readonly upright: boolean;
}

export interface Drop {
  readonly place: Place;
  readonly line: Line;
}

export interface Dragged {
  /** The node being moved; undefined for something new. */
  readonly from?: Path;
  /** Only fields share a row with others. */
  readonly isField: boolean;
}

const GAP = 8;

export function dropAt(
  layout: Layout,
  boxes: readonly Box[],
  sheet: Rect,
  point: Point,
  dragged: Dragged,
): Drop {
  const container = containerAt(layout, boxes, point, dragged);
  const frame = frameOf(container, boxes, sheet);
  const items = itemsAt(layout, container);
  const rows = rowsOf(items).flatMap((indexes) => rowBox(indexes, container, boxes));
  const row = rows.find(({ rect }) => point.y >= rect.top && point.y <= rect.bottom);
  const beside = row && dragged.isField ? besideField(layout, container, row, point, dragged) : undefined;
  return beside ?? betweenRows(container, rows, frame, point, items.length);
}

interface RowBox {
  readonly indexes: readonly number[];
  readonly rect: Rect;
  readonly cells: readonly { index: number; rect: Rect }[];
}

function rowBox(indexes: readonly number[], container: Path, boxes: readonly Box[]): RowBox[] {
  const cells = indexes.flatMap((index) => {
    const box = boxAt(boxes, [...container, index]);
    return box ? [{ index, rect: box.rect }] : [];
  });
  if (cells.length === 0) return [];
  const rects = cells.map(({ rect }) => rect);
  return [{ indexes, cells, rect: union(rects) }];
}

function union(rects: readonly Rect[]): Rect {
  return {
    left: Math.min(...rects.map((rect) => rect.left)),
    top: Math.min(...rects.map((rect) => rect.top)),
    right: Math.max(...rects.map((rect) => rect.right)),
    bottom: Math.max(...rects.map((rect) => rect.bottom)),
  };
}

function boxAt(boxes: readonly Box[], path: Path): Box | undefined {
  return boxes.find((box) => samePath(box.path, path));
}

function contains(rect: Rect, { x, y }: Point): boolean {
  return x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom;
}

/** The innermost group or open tab under the pointer, never one inside what is being dragged. */
function containerAt(layout: Layout, boxes: readonly Box[], point: Point, { from }: Dragged): Path {
  const inside = boxes.filter(({ path, rect }) => {
    if (from && isInside(path, from)) return false;
    const kind = nodeAt(layout, path)?.kind;
    return (kind === "group" || kind === "tab") && contains(inner(rect), point);
  });
  return inside
    .map((box) => box.path)
    .reduce<Path>((best, path) => (path.length > best.length ? path : best), []);
}

/** A thin edge of a group still belongs to what is around it, so that something can be put before and after it. */
function inner(rect: Rect): Rect {
  const edge = Math.min(6, (rect.bottom - rect.top) / 4);
  return { ...rect, top: rect.top + edge, bottom: rect.bottom - edge };
}

function frameOf(container: Path, boxes: readonly Box[], sheet: Rect): Rect {
  return container.length === 0 ? sheet : (boxAt(boxes, container)?.rect ?? sheet);
}

/** Left or right of a field when the pointer is in the outer thirds of it and the row has room. */
function besideField(
  layout: Layout,
  container: Path,
  row: RowBox,
  point: Point,
  { from }: Dragged,
): Drop | undefined {
  const cell = nearestCell(row, point.x);
  if (cell === undefined || itemsAt(layout, container)[cell.index]?.kind !== "field") return undefined;
  const share = (point.x - cell.rect.left) / (cell.rect.right - cell.rect.left);
  if (share > 1 / 3 && share < 2 / 3) return undefined;
  const right = share >= 2 / 3;
  const place: Place = {
    parent: container,
    index: cell.index + (right ? 1 : 0),
    side: right ? "right" : "left",
  };
  const moving: LayoutNode | undefined = from && nodeAt(layout, from);
  if (!hasRoom(layout, place, moving)) return undefined;
  const x = right ? cell.rect.right + GAP : cell.rect.left - GAP;
  return { place, line: { left: x, right: x, top: row.rect.top, bottom: row.rect.bottom, upright: true } };
}

function nearestCell({ cells }: RowBox, x: number): { index: number; rect: Rect } | undefined {
  const distance = (rect: Rect) => Math.max(rect.left - x, 0, x - rect.right);
  return cells.reduce<(typeof cells)[number] | undefined>(
    (best, cell) => (best === undefined || distance(cell.rect) < distance(best.rect) ? cell : best),
    undefined,
  );
}

function betweenRows(
  container: Path,
  rows: readonly RowBox[],
  frame: Rect,
  point: Point,
  count: number,
): Drop {
  const next = rows.findIndex(({ rect }) => point.y < (rect.top + rect.bottom) / 2);
  const before = rows[next < 0 ? rows.length - 1 : next - 1];
  const after = next < 0 ? undefined : rows[next];
  const index = after?.indexes[0] ?? count;
  const y = lineBetween(before?.rect, after?.rect, frame);
  const place: Place = { parent: container, index, side: "row" };
  return { place, line: { left: frame.left, right: frame.right, top: y, bottom: y, upright: false } };
}

function lineBetween(before: Rect | undefined, after: Rect | undefined, frame: Rect): number {
  if (before && after) return (before.bottom + after.top) / 2;
  if (after) return after.top - GAP;
  return before ? before.bottom + GAP : (frame.top + frame.bottom) / 2;
}
