/** What the designer's buttons, keys and drops do: an edit with its name, the new selection and the spoken result. */
import { currentLanguage, label as labelText, t } from "@/i18n";
import { specOf } from "../fields/specs";
import * as commands from "../model/commands";
import type { FieldDocument, FormDocument } from "../model/document";
import { freeKey, keyFromLabel, RESERVED } from "../model/keys";
import { labelIn, withLabel } from "../model/label";
import { itemsAt, nodeAt, readLayout, rowsOf, type LayoutNode, type Path } from "../model/layout";
import { hasRoom, type Place } from "../model/placing";
import { pathOf, selectionAt, THE_FORM, type Selection } from "../model/selection";
import type { PaletteItem } from "./palette";
import type { Edit } from "./state";

/** Keys that fields of the form may not take. */
export function takenKeys(document: FormDocument): string[] {
  return Object.keys(document.fields);
}

/** The key that a label makes; where that is a reserved word, `_field` behind it makes it free. */
export function autoKey(text: string, type: string, taken: readonly string[]): string {
  const spelt = keyFromLabel(text) || type;
  return freeKey(RESERVED.has(spelt) ? `${spelt}_field` : spelt, taken);
}

/** The name of a node as people know it. */
export function nodeName(document: FormDocument, node: LayoutNode | undefined): string {
  switch (node?.kind) {
    case "field":
      return labelText(document.fields[node.field]?.label, systemName(node.field));
    case "group":
    case "tab":
      return labelText(node.label, t(`designer.node.${node.kind}`));
    case "text":
      return labelText(node.text, t("designer.node.text"));
    case "tabs":
      return t("designer.node.tabs");
    default:
      return labelText(document.label, document.key);
  }
}

function systemName(key: string): string {
  return key === "owner" || key === "department" ? t(`designer.system.${key}`) : key;
}

export function selectionName(document: FormDocument, selection: Selection): string {
  if (selection.kind === "column") {
    return labelText(document.fields[selection.field]?.fields?.[selection.sub]?.label, selection.sub);
  }
  if (selection.kind === "field")
    return labelText(document.fields[selection.field]?.label, systemName(selection.field));
  return nodeName(
    document,
    selection.kind === "node" ? nodeAt(readLayout(document), selection.path) : undefined,
  );
}

// --- adding ------------------------------------------------------------------------------------------

/** Where a clicked palette entry goes: behind the selection, into a selected group, else at the end. */
export function placeAfter(document: FormDocument, selection: Selection): Place {
  const layout = readLayout(document);
  const path = pathOf(document, selection);
  const node = path && nodeAt(layout, path);
  if (path === undefined || node === undefined) return endOf(layout);
  if (node.kind === "group" || node.kind === "tab")
    return { parent: path, index: node.items.length, side: "row" };
  return behind(itemsAt(layout, path.slice(0, -1)), path);
}

function behind(items: readonly LayoutNode[], path: Path): Place {
  const index = path.at(-1) ?? 0;
  const row = rowsOf(items).find((indexes) => indexes.includes(index));
  return { parent: path.slice(0, -1), index: (row?.at(-1) ?? index) + 1, side: "row" };
}

/** The last group takes new fields, as an author who adds below expects; without one the sheet itself. */
function endOf(layout: readonly LayoutNode[]): Place {
  const last = layout.at(-1);
  if (last?.kind === "group") return { parent: [layout.length - 1], index: last.items.length, side: "row" };
  return { parent: [], index: layout.length, side: "row" };
}

export function add(document: FormDocument, item: PaletteItem, place: Place): Edit {
  return item.part ? addPart(document, item.part, place) : addField(document, item.key, place);
}

function addField(document: FormDocument, type: string, place: Place): Edit {
  const name = t(`designer.item.${type}`);
  const field = newField(type, name);
  const key = autoKey(name, type, takenKeys(document));
  const span = specOf(field.type)?.span ?? 6;
  return {
    name: { key: "designer.edit.add", subject: name },
    document: commands.addField(document, key, field, span, place),
    selection: { kind: "field", field: key },
    spoken: t("designer.spoken.added", { name }),
  };
}

export function newField(type: string, name: string): FieldDocument {
  if (type === "formula") return { type: "number", label: name, scale: 2, formula: "0" };
  return specOf(type)?.document(name) ?? { type, label: name };
}

function addPart(document: FormDocument, part: NonNullable<PaletteItem["part"]>, place: Place): Edit {
  const name = t(`designer.item.${part === "text" ? "note" : part}`);
  const after = commands.addNode(document, newPart(part, name), place);
  return {
    name: { key: "designer.edit.add", subject: name },
    document: after,
    selection: selectionAt(after, [...place.parent, place.index]),
    spoken: t("designer.spoken.added", { name }),
  };
}

function newPart(part: NonNullable<PaletteItem["part"]>, name: string): LayoutNode {
  if (part === "text") return { kind: "text", text: t("designer.new-text") };
  if (part === "group") return { kind: "group", label: name, columns: 2, items: [] };
  const tab = (number: number) =>
    ({ kind: "tab", label: t("designer.new-tab", { number }), items: [] }) as const;
  return { kind: "tabs", items: [tab(1), tab(2)] };
}

export function newTabName(number: number): string {
  return t("designer.new-tab", { number });
}

export function typeName(type: string): string {
  return t(`designer.item.${type}`);
}

/** Puts a field that stands nowhere back on the sheet. */
export function placeField(document: FormDocument, field: string, place: Place): Edit {
  const name = labelText(document.fields[field]?.label, systemName(field));
  const span = specOf(document.fields[field]?.type ?? "")?.span ?? 6;
  return {
    name: { key: "designer.edit.place", subject: name },
    document: commands.addNode(document, { kind: "field", field, span }, place),
    selection: { kind: "field", field },
    spoken: t("designer.spoken.added", { name }),
  };
}

// --- moving, copying, removing -----------------------------------------------------------------------

export function moveTo(document: FormDocument, from: Path, place: Place): Edit | undefined {
  return moved(document, from, commands.move(document, from, place));
}

export function moveBy(document: FormDocument, selection: Selection, direction: -1 | 1): Edit | undefined {
  const from = pathOf(document, selection);
  return from && moved(document, from, commands.moveStep(document, from, direction));
}

function moved(
  document: FormDocument,
  from: Path,
  result: commands.MovedDocument | undefined,
): Edit | undefined {
  if (result === undefined) return undefined;
  const name = nodeName(document, nodeAt(readLayout(document), from));
  const siblings = itemsAt(readLayout(result.document), result.path.slice(0, -1)).length;
  const position = (result.path.at(-1) ?? 0) + 1;
  return {
    name: { key: "designer.edit.move", subject: name },
    document: result.document,
    selection: selectionAt(result.document, result.path),
    spoken: t("designer.spoken.moved", { name, position, count: siblings }),
  };
}

export function duplicate(document: FormDocument, selection: Selection): Edit | undefined {
  const path = pathOf(document, selection);
  if (selection.kind !== "field" || path === undefined) return undefined;
  const field = document.fields[selection.field];
  if (field === undefined) return undefined;
  const original = labelText(field.label, selection.field);
  const text = t("designer.copy-of", { name: original });
  const key = freeKey(selection.field, takenKeys(document));
  const label = withLabel(field.label, currentLanguage(), text);
  const after = commands.duplicateField(document, copyPath(document, path), key, label);
  return {
    name: { key: "designer.edit.copy", subject: original },
    document: after,
    selection: { kind: "field", field: key },
    spoken: t("designer.spoken.added", { name: text }),
  };
}

/** A full row takes no copy: it goes behind the last field of the row instead. */
function copyPath(document: FormDocument, path: Path): Path {
  const layout = readLayout(document);
  const place: Place = { parent: path.slice(0, -1), index: (path.at(-1) ?? 0) + 1, side: "right" };
  if (hasRoom(layout, place)) return path;
  const row = rowsOf(itemsAt(layout, place.parent)).find((indexes) => indexes.includes(path.at(-1) ?? 0));
  return [...place.parent, row?.at(-1) ?? path.at(-1) ?? 0];
}

export function removeSelected(document: FormDocument, selection: Selection): Edit | undefined {
  const name = selectionName(document, selection);
  const named = {
    name: { key: "designer.edit.remove", subject: name },
    spoken: t("designer.spoken.removed", { name }),
  };
  if (selection.kind === "column") {
    const after = commands.removeSubfield(document, selection.field, selection.sub);
    return { ...named, document: after, selection: { kind: "field", field: selection.field } };
  }
  const path = pathOf(document, selection);
  if (path === undefined) return undefined;
  return { ...named, document: commands.remove(document, path), selection: neighbour(document, path) };
}

/** After a removal the selection stays close: the next sibling, which now has the place. */
function neighbour(document: FormDocument, path: Path): Selection {
  const items = itemsAt(readLayout(document), path.slice(0, -1));
  const index = path.at(-1) ?? 0;
  const next = items[index + 1] ?? items[index - 1];
  return next?.kind === "field" ? { kind: "field", field: next.field } : THE_FORM;
}

export function unplace(document: FormDocument, field: string): Edit {
  const name = labelText(document.fields[field]?.label, systemName(field));
  return {
    name: { key: "designer.edit.unplace", subject: name },
    document: commands.unplaceField(document, field),
    selection: THE_FORM,
    spoken: t("designer.spoken.unplaced", { name }),
  };
}

// --- naming --------------------------------------------------------------------------------------------

/** A new label; the key of a field that was never published follows it while it is the one made from the label. */
export function rename(
  document: FormDocument,
  selection: Selection,
  text: string,
  published: ReadonlySet<string>,
): Edit | undefined {
  const language = currentLanguage();
  if (selection.kind === "field") return renameField(document, selection.field, language, text, published);
  if (selection.kind === "column") return renameColumn(document, selection, language, text, true);
  const named = {
    name: { key: "designer.edit.label", subject: text },
    tag: `label:${JSON.stringify(selection)}`,
  };
  if (selection.kind === "form") {
    return {
      ...named,
      document: commands.setForm(document, { label: withLabel(document.label, language, text) }),
    };
  }
  const node = nodeAt(readLayout(document), selection.path);
  if (node === undefined || node.kind === "field" || node.kind === "tabs") return undefined;
  const property = node.kind === "text" ? "text" : "label";
  const before = node.kind === "text" ? node.text : node.label;
  const after = withLabel(before, language, text);
  return {
    ...named,
    document: commands.setNode(document, selection.path, {
      [property]: after === "" && node.kind === "group" ? undefined : after,
    }),
  };
}

export function renameField(
  document: FormDocument,
  key: string,
  language: "zh-CN" | "en",
  text: string,
  published: ReadonlySet<string>,
): Edit | undefined {
  const field = document.fields[key];
  if (field === undefined) return undefined;
  const labelled = commands.setFieldLabel(document, { field: key }, language, text);
  const others = takenKeys(document).filter((each) => each !== key);
  const follows = !published.has(key) && key === autoKey(firstText(field), field.type, others);
  const wanted = autoKey(firstText(labelled.fields[key] ?? field), field.type, others);
  const next = follows ? wanted : key;
  return {
    name: { key: "designer.edit.label", subject: text },
    document: next === key ? labelled : commands.renameKey(labelled, key, next),
    selection: { kind: "field", field: next },
    tag: `label:${published.has(key) ? key : language}`,
  };
}

/** Keys come from the Chinese label where there is one. */
function firstText(field: FieldDocument): string {
  return labelIn(field.label, "zh-CN") || labelIn(field.label, "en");
}

/** The same for a column of a sub-table; `isFixed`: it was published once. */
export function renameColumn(
  document: FormDocument,
  { field, sub }: { field: string; sub: string },
  language: "zh-CN" | "en",
  text: string,
  isFixed: boolean,
): Edit {
  const columns = document.fields[field]?.fields ?? {};
  const column = columns[sub];
  const labelled = commands.setFieldLabel(document, { field, sub }, language, text);
  const after = labelled.fields[field]?.fields?.[sub];
  const others = Object.keys(columns).filter((each) => each !== sub);
  const follows = column !== undefined && !isFixed && sub === autoKey(firstText(column), column.type, others);
  const next = follows && after ? autoKey(firstText(after), after.type, others) : sub;
  return {
    name: { key: "designer.edit.label", subject: text },
    document: next === sub ? labelled : commands.renameSubfield(labelled, field, sub, next),
    selection: { kind: "column", field, sub: next },
    tag: `label:${field}.${isFixed ? sub : ""}.${language}`,
  };
}
