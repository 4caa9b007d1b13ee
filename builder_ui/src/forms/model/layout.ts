/**
 * The layout of a form as a tree, and where things stand in it.
 *
 * Reading follows `engine/forms`: no layout = all fields in one group of two columns; a bare key takes one
 * column of its group, the whole row outside of groups; `span` counts columns of a grid of 12. Nodes are immutable; a path leads from the root
 * to a node by child indexes.
 */
import { isObject, type FormDocument, type Label, type LayoutItem, type Switch } from "./document";

export const COLUMNS = 12;

export interface FieldNode {
  readonly kind: "field";
  readonly field: string;
  readonly span: number;
}
export interface GroupNode {
  readonly kind: "group";
  readonly label?: Label;
  readonly columns: number;
  readonly visible?: Switch;
  readonly collapsed?: boolean;
  readonly items: readonly LayoutNode[];
}
export interface TabNode {
  readonly kind: "tab";
  readonly label: Label;
  readonly items: readonly LayoutNode[];
}
export interface TabsNode {
  readonly kind: "tabs";
  readonly items: readonly TabNode[];
}
export interface TextNode {
  readonly kind: "text";
  readonly text: Label;
}
export type LayoutNode = FieldNode | GroupNode | TabsNode | TabNode | TextNode;
export type Layout = readonly LayoutNode[];
export type Path = readonly number[];

// --- document to tree and back -------------------------------------------------------------------

/** System fields that a layout may place although the document does not declare them. */
export const PLACEABLE_SYSTEM_FIELDS: readonly string[] = ["owner", "department"];

export function readLayout(document: FormDocument): Layout {
  if (document.layout === undefined) return [unwritten(Object.keys(document.fields))];
  return document.layout.flatMap((item) => readItem(item, 1));
}

function unwritten(fields: readonly string[]): GroupNode {
  const items = fields.map((field): FieldNode => ({ kind: "field", field, span: COLUMNS / 2 }));
  return { kind: "group", columns: 2, items };
}

function readItem(item: LayoutItem, columns: number): LayoutNode[] {
  if (typeof item === "string") return [{ kind: "field", field: item, span: COLUMNS / columns }];
  if (typeof item["field"] === "string") return [readField(item, item["field"], columns)];
  if (Array.isArray(item["tabs"]))
    return [{ kind: "tabs", items: item["tabs"].filter(isObject).map(readTab) }];
  if ("text" in item) return [{ kind: "text", text: item["text"] as Label }];
  return Array.isArray(item["items"]) ? [readGroup(item)] : [];
}

function readField(item: Readonly<Record<string, unknown>>, field: string, columns: number): FieldNode {
  const span = typeof item["span"] === "number" ? item["span"] : COLUMNS / columns;
  return { kind: "field", field, span };
}

function readTab(tab: Readonly<Record<string, unknown>>): TabNode {
  return { kind: "tab", label: tab["label"] as Label, items: readItems(tab["items"], 1) };
}

function readGroup(item: Readonly<Record<string, unknown>>): GroupNode {
  const columns = typeof item["columns"] === "number" ? item["columns"] : 2;
  return {
    kind: "group",
    columns,
    items: readItems(item["items"], columns),
    ...("group" in item ? { label: item["group"] as Label } : {}),
    ...("visible" in item ? { visible: item["visible"] as Switch } : {}),
    ...(item["collapsed"] === true ? { collapsed: true } : {}),
  };
}

function readItems(items: unknown, columns: number): LayoutNode[] {
  return Array.isArray(items) ? items.flatMap((item: LayoutItem) => readItem(item, columns)) : [];
}

export function writeLayout(layout: Layout): LayoutItem[] {
  return layout.map((node) => writeNode(node, 1));
}

function writeNode(node: LayoutNode, columns: number): LayoutItem {
  switch (node.kind) {
    case "field":
      return node.span === COLUMNS / columns ? node.field : { field: node.field, span: node.span };
    case "group":
      return writeGroup(node);
    case "tabs":
      return { tabs: node.items.map((tab) => ({ label: tab.label, items: writeItems(tab.items, 1) })) };
    case "tab":
      return { group: node.label, columns: 1, items: writeItems(node.items, 1) };
    case "text":
      return { text: node.text };
  }
}

function writeGroup(node: GroupNode): LayoutItem {
  return {
    ...(node.label === undefined ? {} : { group: node.label }),
    ...(node.columns === 2 ? {} : { columns: node.columns }),
    ...(node.visible === undefined || node.visible === true ? {} : { visible: node.visible }),
    ...(node.collapsed ? { collapsed: true } : {}),
    items: writeItems(node.items, node.columns),
  };
}

function writeItems(items: readonly LayoutNode[], columns: number): LayoutItem[] {
  return items.map((item) => writeNode(item, columns));
}

// --- looking ---------------------------------------------------------------------------------------

export function childrenOf(node: LayoutNode | undefined): readonly LayoutNode[] {
  return node && "items" in node ? node.items : [];
}

/** The children at a path; the root's for []. */
export function itemsAt(layout: Layout, path: Path): readonly LayoutNode[] {
  return path.length === 0 ? layout : childrenOf(nodeAt(layout, path));
}

export function nodeAt(layout: Layout, path: Path): LayoutNode | undefined {
  return path.reduce<{ items: readonly LayoutNode[]; node?: LayoutNode | undefined }>(
    ({ items }, index) => ({ items: childrenOf(items[index]), node: items[index] }),
    { items: layout },
  ).node;
}

/** Every node with its path, in reading order. */
export function walk(layout: Layout, base: Path = []): { node: LayoutNode; path: Path }[] {
  return layout.flatMap((node, index) => {
    const path = [...base, index];
    return [{ node, path }, ...walk(childrenOf(node), path)];
  });
}

export function pathOfField(layout: Layout, field: string): Path | undefined {
  return walk(layout).find(({ node }) => node.kind === "field" && node.field === field)?.path;
}

export function placedFields(layout: Layout): Set<string> {
  return new Set(walk(layout).flatMap(({ node }) => (node.kind === "field" ? [node.field] : [])));
}

export function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((index, at) => index === b[at]);
}

export function isInside(path: Path, ancestor: Path): boolean {
  return path.length >= ancestor.length && ancestor.every((index, at) => index === path[at]);
}

export function spanOf(node: LayoutNode): number {
  return node.kind === "field" ? node.span : COLUMNS;
}

/** Indexes of the items row by row, as the grid of 12 breaks them. */
export function rowsOf(items: readonly LayoutNode[]): number[][] {
  const rows: number[][] = [];
  let used = COLUMNS;
  items.forEach((item, index) => {
    const span = spanOf(item);
    if (used + span > COLUMNS) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(index);
    used += span;
  });
  return rows;
}

// --- changing --------------------------------------------------------------------------------------

/** The layout with the children at a path replaced by what `change` makes of them. */
export function changeItems(
  layout: Layout,
  path: Path,
  change: (items: readonly LayoutNode[]) => readonly LayoutNode[],
): Layout {
  const [index, ...rest] = path;
  if (index === undefined) return change(layout);
  return layout.map((node, at) =>
    at === index && "items" in node
      ? ({ ...node, items: changeItems(node.items, rest, change) } as LayoutNode)
      : node,
  );
}

export function replaceAt(layout: Layout, path: Path, nodes: readonly LayoutNode[]): Layout {
  const index = path.at(-1) ?? 0;
  return changeItems(layout, path.slice(0, -1), (items) => items.toSpliced(index, 1, ...nodes));
}
