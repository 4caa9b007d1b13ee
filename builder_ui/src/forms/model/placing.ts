/**
 * Putting a node into the layout, moving it, taking it out, so that the rows around it stay as they look.
 *
 * A row has at most four fields. A field put beside others takes the free columns of their row, else the row is
 * shared equally; a row that loses a field is widened when the next row would otherwise slide up into the gap.
 */
import {
  COLUMNS,
  changeItems,
  childrenOf,
  isInside,
  itemsAt,
  nodeAt,
  replaceAt,
  rowsOf,
  samePath,
  spanOf,
  type FieldNode,
  type Layout,
  type LayoutNode,
  type Path,
} from "./layout";

/** Where a node goes: before child `index` of `parent`, as a row of its own or beside the row's field. */
export interface Place {
  readonly parent: Path;
  readonly index: number;
  readonly side: "row" | "left" | "right";
}

export const FIELDS_PER_ROW = 4;
const NARROWEST = 3;

interface Moving {
  readonly node: LayoutNode;
  readonly path: Path;
}

/** The child that the place stands beside. */
export function neighbourOf({ index, side }: Place): number {
  return side === "right" ? index - 1 : index;
}

/** The row's other fields, without the one that is being moved. */
function rowAround(items: readonly LayoutNode[], index: number, moving: LayoutNode | undefined): number[] {
  const row = rowsOf(items).find((indexes) => indexes.includes(index)) ?? [];
  return row.filter((at) => items[at] !== moving);
}

/** Whether one more field may stand in the row of the place. */
export function hasRoom(layout: Layout, place: Place, moving?: LayoutNode): boolean {
  if (place.side === "row") return true;
  const items = itemsAt(layout, place.parent);
  const row = rowAround(items, neighbourOf(place), moving);
  return row.every((at) => items[at]?.kind === "field") && row.length < FIELDS_PER_ROW;
}

export function insertNode(layout: Layout, node: LayoutNode, place: Place): Layout {
  return changeItems(layout, place.parent, (items) => insertInto(items, node, place, undefined));
}

function insertInto(
  items: readonly LayoutNode[],
  node: LayoutNode,
  place: Place,
  moving: LayoutNode | undefined,
): readonly LayoutNode[] {
  if (node.kind !== "field") return items.toSpliced(place.index, 0, node);
  if (place.side === "row") return items.toSpliced(place.index, 0, { ...node, span: COLUMNS });
  const row = rowAround(items, neighbourOf(place), moving);
  const free = COLUMNS - row.reduce((sum, at) => sum + spanOf(items[at] as LayoutNode), 0);
  if (free >= NARROWEST) return items.toSpliced(place.index, 0, { ...node, span: Math.min(node.span, free) });
  const span = COLUMNS / (row.length + 1);
  return widen(items, row, span).toSpliced(place.index, 0, { ...node, span });
}

function widen(items: readonly LayoutNode[], row: readonly number[], span: number): LayoutNode[] {
  return items.map((item, at) => (row.includes(at) && item.kind === "field" ? { ...item, span } : item));
}

/** The layout without the node at the path; its row keeps its place. */
export function removeNode(layout: Layout, path: Path): Layout {
  const row = rowAt(layout, path);
  return changeItems(layout, path.slice(0, -1), (items) => closeGap(items, path.at(-1) ?? 0, row));
}

/** The nodes that stand in one row with the node at the path, itself included. */
function rowAt(layout: Layout, path: Path): LayoutNode[] {
  const items = itemsAt(layout, path.slice(0, -1));
  const row = rowsOf(items).find((indexes) => indexes.includes(path.at(-1) ?? 0)) ?? [];
  return row.map((at) => items[at] as LayoutNode);
}

/** Takes the child out; what is left of its row is widened if the next row would slide up into the gap. */
function closeGap(items: readonly LayoutNode[], index: number, row: readonly LayoutNode[]): LayoutNode[] {
  const rest = items.flatMap((item, at) => (at !== index && row.includes(item) ? [at] : []));
  const next = items[Math.max(index, ...rest) + 1];
  const used = rest.reduce((sum, at) => sum + spanOf(items[at] as LayoutNode), 0);
  const slides = rest.length > 0 && next !== undefined && used + spanOf(next) <= COLUMNS;
  const kept = slides ? widen(items, rest, COLUMNS / rest.length) : [...items];
  return kept.toSpliced(index, 1);
}

/** A layout after a move, and where the moved node stands in it. */
export interface Moved {
  readonly layout: Layout;
  readonly path: Path;
}

/** The layout with the node at `from` moved; undefined where it cannot go (into itself). */
export function moveNode(layout: Layout, from: Path, place: Place): Moved | undefined {
  const node = nodeAt(layout, from);
  if (node === undefined || isInside(place.parent, from)) return undefined;
  const row = staysInRow(layout, from, place) ? [] : rowAt(layout, from);
  const inserted = changeItems(layout, place.parent, (items) => insertInto(items, node, place, node));
  const old = shifted(from, place);
  const closed = changeItems(inserted, old.slice(0, -1), (items) => closeGap(items, old.at(-1) ?? 0, row));
  return { layout: closed, path: afterRemoval([...place.parent, place.index], old) };
}

function staysInRow(layout: Layout, from: Path, place: Place): boolean {
  if (place.side === "row" || !samePath(from.slice(0, -1), place.parent)) return false;
  const neighbour = itemsAt(layout, place.parent)[neighbourOf(place)];
  return neighbour !== undefined && rowAt(layout, from).includes(neighbour);
}

/** Where a path leads after a node was inserted at the place. */
function shifted(path: Path, place: Place): Path {
  const depth = place.parent.length;
  const at = path[depth];
  if (at === undefined || !isInside(path, place.parent) || at < place.index) return path;
  return path.with(depth, at + 1);
}

/** Where a path leads after the node at `removed` was taken out. */
function afterRemoval(path: Path, removed: Path): Path {
  const depth = removed.length - 1;
  const at = path[depth];
  if (at === undefined || !isInside(path, removed.slice(0, -1)) || at <= (removed[depth] ?? 0)) return path;
  return path.with(depth, at - 1);
}

/** A group or tab set gives its place to its content: nothing in it is lost. */
export function unwrapNode(layout: Layout, path: Path): Layout {
  const node = nodeAt(layout, path);
  const content = node?.kind === "tabs" ? node.items.flatMap(childrenOf) : childrenOf(node);
  return replaceAt(layout, path, content);
}

/** One step up or down in reading order: past a sibling, into a neighbouring group or tab, or out of one's own. */
export function step(layout: Layout, from: Path, direction: -1 | 1): Moved | undefined {
  const node = nodeAt(layout, from);
  const parent = from.slice(0, -1);
  const index = from.at(-1);
  if (node === undefined || index === undefined || node.kind === "tab") return undefined;
  const sibling = itemsAt(layout, parent)[index + direction];
  if (sibling === undefined) return stepOut({ node, path: from }, layout, direction);
  const door = enter(sibling, [...parent, index + direction], direction);
  const target: Path = door ?? [...parent, direction < 0 ? index - 1 : index + 2];
  return keepSpan(layout, { node, path: from }, target);
}

/** The first (downwards) or last place inside a container; undefined for anything else. */
function enter(sibling: LayoutNode, path: Path, direction: -1 | 1): Path | undefined {
  if (sibling.kind === "group") return [...path, direction > 0 ? 0 : sibling.items.length];
  if (sibling.kind !== "tabs" || sibling.items.length === 0) return undefined;
  const tab = direction > 0 ? 0 : sibling.items.length - 1;
  return [...path, tab, direction > 0 ? 0 : (sibling.items[tab]?.items.length ?? 0)];
}

function stepOut(moving: Moving, layout: Layout, direction: -1 | 1): Moved | undefined {
  const parent = moving.path.slice(0, -1);
  const index = parent.at(-1);
  if (index === undefined) return undefined;
  const outer = parent.slice(0, -1);
  if (nodeAt(layout, parent)?.kind !== "tab") {
    return keepSpan(layout, moving, [...outer, direction < 0 ? index : index + 1]);
  }
  const tabs = itemsAt(layout, outer) as readonly LayoutNode[];
  const neighbour = tabs[index + direction];
  if (neighbour) {
    const at = direction > 0 ? 0 : childrenOf(neighbour).length;
    return keepSpan(layout, moving, [...outer, index + direction, at]);
  }
  const tabsIndex = outer.at(-1) ?? 0;
  return keepSpan(layout, moving, [...outer.slice(0, -1), direction < 0 ? tabsIndex : tabsIndex + 1]);
}

/** Moves a node to a path as it is: widths are what a step by keyboard must not change. */
function keepSpan(layout: Layout, { node, path }: Moving, target: Path): Moved {
  const place: Place = { parent: target.slice(0, -1), index: target.at(-1) ?? 0, side: "row" };
  const inserted = changeItems(layout, place.parent, (items) => items.toSpliced(place.index, 0, node));
  const old = shifted(path, place);
  const taken = changeItems(inserted, old.slice(0, -1), (items) => items.toSpliced(old.at(-1) ?? 0, 1));
  return { layout: taken, path: afterRemoval(target, old) };
}

export function withSpan(layout: Layout, path: Path, span: number): Layout {
  const node = nodeAt(layout, path);
  return node?.kind === "field" ? replaceAt(layout, path, [{ ...node, span } satisfies FieldNode]) : layout;
}
