/** What the designer works on: the form, a node of its layout, or a column of a sub-table. */
import type { FormDocument } from "./document";
import { nodeAt, pathOfField, readLayout, type Path } from "./layout";

export type Selection =
  | { readonly kind: "form" }
  /** A field keeps its selection wherever it moves. */
  | { readonly kind: "field"; readonly field: string }
  | { readonly kind: "column"; readonly field: string; readonly sub: string }
  /** A group, tab set, tab or text, by its place. */
  | { readonly kind: "node"; readonly path: Path };

export const THE_FORM: Selection = { kind: "form" };

export function selectionAt(document: FormDocument, path: Path): Selection {
  const node = nodeAt(readLayout(document), path);
  if (node === undefined) return THE_FORM;
  return node.kind === "field" ? { kind: "field", field: node.field } : { kind: "node", path };
}

/** The selected node's place; undefined for the form and for fields that are not on the sheet. */
export function pathOf(document: FormDocument, selection: Selection): Path | undefined {
  if (selection.kind === "node") return selection.path;
  if (selection.kind === "form") return undefined;
  return pathOfField(readLayout(document), selection.field);
}

/** The selection, or the form where undo or a deletion has taken its object away. */
export function validSelection(document: FormDocument, selection: Selection): Selection {
  if (selection.kind === "node") return nodeAt(readLayout(document), selection.path) ? selection : THE_FORM;
  if (selection.kind === "field") {
    const placed = pathOf(document, selection) !== undefined;
    return placed || selection.field in document.fields ? selection : THE_FORM;
  }
  if (selection.kind !== "column") return selection;
  const table = document.fields[selection.field];
  return table?.fields?.[selection.sub] ? selection : THE_FORM;
}
