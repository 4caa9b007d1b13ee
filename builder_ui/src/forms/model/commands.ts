/** Every edit of the designer as a pure function: the document before, the document after. */
import { fieldAt, type FieldAddress, type FieldDocument, type FormDocument, type Label } from "./document";
import {
  nodeAt,
  pathOfField,
  placedFields,
  readLayout,
  replaceAt,
  walk,
  writeLayout,
  type Layout,
  type LayoutNode,
  type Path,
} from "./layout";
import { withLabel } from "./label";
import { columnRenamed, recordFieldRenamed, withKey } from "./references";
import {
  insertNode,
  moveNode,
  removeNode,
  step,
  unwrapNode,
  withSpan,
  type Moved,
  type Place,
} from "./placing";

export function withLayout(document: FormDocument, layout: Layout): FormDocument {
  return { ...document, layout: writeLayout(layout) };
}

function changeLayout(document: FormDocument, change: (layout: Layout) => Layout | undefined): FormDocument {
  const before = readLayout(document);
  const after = change(before);
  return after === undefined || after === before ? document : withLayout(document, after);
}

// --- placing ---------------------------------------------------------------------------------------

export function addField(
  document: FormDocument,
  key: string,
  field: FieldDocument,
  span: number,
  place: Place,
): FormDocument {
  const layout = readLayout(document);
  const added = { ...document, fields: { ...document.fields, [key]: field } };
  return withLayout(added, insertNode(layout, { kind: "field", field: key, span }, place));
}

export function addNode(document: FormDocument, node: LayoutNode, place: Place): FormDocument {
  return changeLayout(document, (layout) => insertNode(layout, node, place));
}

export function addTab(document: FormDocument, path: Path, label: Label): FormDocument {
  return changeLayout(document, (layout) => {
    const tabs = nodeAt(layout, path);
    if (tabs?.kind !== "tabs") return undefined;
    const items = [...tabs.items, { kind: "tab", label, items: [] } as const];
    return replaceAt(layout, path, [{ ...tabs, items }]);
  });
}

/** A document after a move, and where the moved node stands in it. */
export interface MovedDocument {
  readonly document: FormDocument;
  readonly path: Path;
}

/** Undefined where the node cannot go or already stands. */
export function move(document: FormDocument, from: Path, place: Place): MovedDocument | undefined {
  return moved(document, moveNode(readLayout(document), from, place));
}

export function moveStep(document: FormDocument, from: Path, direction: -1 | 1): MovedDocument | undefined {
  return moved(document, step(readLayout(document), from, direction));
}

function moved(document: FormDocument, result: Moved | undefined): MovedDocument | undefined {
  return result && { document: withLayout(document, result.layout), path: result.path };
}

export function setSpan(document: FormDocument, path: Path, span: number): FormDocument {
  return changeLayout(document, (layout) => withSpan(layout, path, span));
}

/** Takes a field off the sheet; it stays among the form's fields and can be placed again. */
export function unplaceField(document: FormDocument, key: string): FormDocument {
  return changeLayout(document, (layout) => {
    const path = pathOfField(layout, key);
    return path && removeNode(layout, path);
  });
}

/** Fields of the form that stand nowhere on the sheet. */
export function unplacedFields(document: FormDocument): string[] {
  const placed = placedFields(readLayout(document));
  return Object.keys(document.fields).filter((key) => !placed.has(key));
}

/** Removes a node: a field with its definition, a text; a group or tab set leaves its content behind. */
export function remove(document: FormDocument, path: Path): FormDocument {
  const layout = readLayout(document);
  const node = nodeAt(layout, path);
  if (node === undefined) return document;
  if (node.kind === "field") return removeField(withLayout(document, removeNode(layout, path)), node.field);
  if (node.kind === "text") return withLayout(document, removeNode(layout, path));
  if (node.kind === "tab") return removeTab(document, layout, path);
  return withLayout(document, unwrapNode(layout, path));
}

function removeField(document: FormDocument, key: string): FormDocument {
  return { ...document, fields: without(document.fields, key) };
}

function without<Value>(map: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
}

/** A removed tab hands its content to the tab before it, the last one to the sheet. */
function removeTab(document: FormDocument, layout: Layout, path: Path): FormDocument {
  const tabsPath = path.slice(0, -1);
  const tabs = nodeAt(layout, tabsPath);
  const index = path.at(-1) ?? 0;
  if (tabs?.kind !== "tabs") return document;
  if (tabs.items.length === 1) return withLayout(document, unwrapNode(layout, tabsPath));
  const heir = index === 0 ? 1 : index - 1;
  const content = tabs.items[index]?.items ?? [];
  const items = tabs.items
    .map((tab, at) => (at === heir ? { ...tab, items: [...tab.items, ...content] } : tab))
    .toSpliced(index, 1);
  return withLayout(document, replaceAt(layout, tabsPath, [{ ...tabs, items }]));
}

/** A copy of the field behind it, under a new key and label. */
export function duplicateField(document: FormDocument, path: Path, key: string, label: Label): FormDocument {
  const node = nodeAt(readLayout(document), path);
  if (node?.kind !== "field") return document;
  const field = document.fields[node.field];
  if (field === undefined) return document;
  const place: Place = { parent: path.slice(0, -1), index: (path.at(-1) ?? 0) + 1, side: "right" };
  return addField(document, key, { ...field, label }, node.span, place);
}

// --- properties ------------------------------------------------------------------------------------

/** One property of a field or sub-table field; undefined takes it out, so that defaults are not written. */
export function setField(
  document: FormDocument,
  address: FieldAddress,
  change: Readonly<Record<string, unknown>>,
): FormDocument {
  const field = fieldAt(document, address);
  if (field === undefined) return document;
  return putField(document, address, assigned(field, change) as FieldDocument);
}

function assigned(
  object: object,
  change: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const entries = Object.entries({ ...object, ...change });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function putField(document: FormDocument, { field, sub }: FieldAddress, value: FieldDocument): FormDocument {
  const outer = document.fields[field];
  if (sub === undefined) return { ...document, fields: { ...document.fields, [field]: value } };
  if (outer === undefined) return document;
  return putField(document, { field }, { ...outer, fields: { ...outer.fields, [sub]: value } });
}

export function setFieldLabel(
  document: FormDocument,
  address: FieldAddress,
  language: "zh-CN" | "en",
  text: string,
): FormDocument {
  return setField(document, address, { label: withLabel(fieldAt(document, address)?.label, language, text) });
}

/** A new key for a field that was never published: definition, place, title, and all that names it follow. */
export function renameKey(document: FormDocument, from: string, to: string): FormDocument {
  const followed = recordFieldRenamed(document, from, to);
  const fields = withKey(followed.fields, from, to);
  const layout = readLayout(followed);
  const path = pathOfField(layout, from);
  const node = path && nodeAt(layout, path);
  const relaid = path && node?.kind === "field" ? replaceAt(layout, path, [{ ...node, field: to }]) : layout;
  const title = document.title?.replaceAll(`{${from}}`, `{${to}}`);
  return { ...withLayout(followed, relaid), fields, ...(title === undefined ? {} : { title }) };
}

export function setForm(document: FormDocument, change: Readonly<Record<string, unknown>>): FormDocument {
  return assigned(document, change) as FormDocument;
}

/** Properties of a group, tab or text. */
export function setNode(
  document: FormDocument,
  path: Path,
  change: Readonly<Record<string, unknown>>,
): FormDocument {
  return changeLayout(document, (layout) => {
    const node = nodeAt(layout, path);
    return node && replaceAt(layout, path, [assigned(node, change) as unknown as LayoutNode]);
  });
}

// --- sub-tables ------------------------------------------------------------------------------------

export function addSubfield(
  document: FormDocument,
  table: string,
  key: string,
  field: FieldDocument,
): FormDocument {
  const outer = document.fields[table];
  return outer
    ? setField(document, { field: table }, { fields: { ...outer.fields, [key]: field } })
    : document;
}

export function removeSubfield(document: FormDocument, table: string, key: string): FormDocument {
  return setField(document, { field: table }, { fields: without(document.fields[table]?.fields ?? {}, key) });
}

export function renameSubfield(
  document: FormDocument,
  table: string,
  from: string,
  to: string,
): FormDocument {
  const followed = columnRenamed(document, table, from, to);
  const fields = withKey(followed.fields[table]?.fields ?? {}, from, to);
  return setField(followed, { field: table }, { fields });
}

/** Moves a column of a sub-table one to the left or right. */
export function moveSubfield(document: FormDocument, table: string, key: string, by: -1 | 1): FormDocument {
  const entries = Object.entries(document.fields[table]?.fields ?? {});
  const index = entries.findIndex(([name]) => name === key);
  const entry = entries[index];
  if (entry === undefined || entries[index + by] === undefined) return document;
  const swapped = entries.toSpliced(index, 1).toSpliced(index + by, 0, entry);
  return setField(document, { field: table }, { fields: Object.fromEntries(swapped) });
}

// --- counting --------------------------------------------------------------------------------------

export function countFields(document: FormDocument): number {
  return walk(readLayout(document)).filter(({ node }) => node.kind === "field").length;
}
