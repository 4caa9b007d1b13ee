/** The form as the canvas draws it, straight from the document: what it looks like, not what its rules say. */
import type {
  Condition,
  Expr,
  FieldRender,
  FieldTypeName,
  FormRender,
  LayoutNode as RenderNode,
} from "@/api";
import type { FieldDocument, FormDocument } from "./document";
import { readLayout, type LayoutNode } from "./layout";

const OWN: ReadonlySet<string> = new Set(
  "type label hint required visible readonly default formula options to fields pick fill override".split(" "),
);

function expr(id: string): Expr {
  return { id, ir: null, deps: [] };
}

function condition(id: string, value: unknown, otherwise: boolean): Condition {
  if (typeof value === "string") return expr(id);
  return typeof value === "boolean" ? value : otherwise;
}

export type IsFieldType = (name: string) => name is FieldTypeName;

/** System fields as a layout may place them. */
export type SystemFields = Readonly<Record<string, FieldRender>>;

export function previewForm(document: FormDocument, isType: IsFieldType, system: SystemFields): FormRender {
  return {
    key: document.key,
    version: 0,
    label: document.label,
    fields: previewFields(document.fields, isType),
    layout: readLayout(document).map((node, index) => previewNode(node, `/layout/${index}`)),
    checks: [],
    actions: [],
    system,
    views: [],
    flows: [],
  };
}

function previewFields(
  fields: Readonly<Record<string, FieldDocument>>,
  isType: IsFieldType,
  base = "",
): Record<string, FieldRender> {
  const entries = Object.entries(fields).map(([key, field]) => [key, previewField(key, field, isType, base)]);
  return Object.fromEntries(entries);
}

export function previewField(key: string, field: FieldDocument, isType: IsFieldType, base = ""): FieldRender {
  const id = base + key;
  const props = Object.entries(field).filter(([name]) => !OWN.has(name));
  return {
    key,
    type: isType(field.type) ? field.type : "text",
    label: field.label ?? key,
    access: "write",
    computed: field.formula !== undefined && field["override"] !== true,
    visible: condition(`${id}.visible`, field.visible, true),
    required: condition(`${id}.required`, field.required, false),
    readonly: condition(`${id}.readonly`, field.readonly, false),
    ...(field.hint === undefined ? {} : { hint: field.hint }),
    ...(field.formula === undefined ? {} : { formula: expr(`${id}.formula`) }),
    ...(field.options === undefined ? {} : { options: [...field.options] }),
    ...(field.to === undefined ? {} : { to: field.to }),
    ...(field.fields === undefined ? {} : { fields: previewFields(field.fields, isType, `${id}.`) }),
    props: Object.fromEntries(props),
  };
}

function previewNode(node: LayoutNode, at: string): RenderNode {
  const items = (nodes: readonly LayoutNode[]) =>
    nodes.map((child, index) => previewNode(child, `${at}/items/${index}`));
  switch (node.kind) {
    case "field":
      return { kind: "field", field: node.field, span: node.span };
    case "text":
      return { kind: "text", text: node.text };
    case "tabs":
      return { kind: "tabs", tabs: node.items.map((tab) => ({ label: tab.label, items: items(tab.items) })) };
    case "tab":
      return { kind: "group", label: node.label, items: items(node.items) };
    case "group":
      return {
        kind: "group",
        columns: node.columns,
        visible: condition(`${at}.visible`, node.visible, true),
        ...(node.label === undefined ? {} : { label: node.label }),
        ...(node.collapsed ? { collapsed: true } : {}),
        items: items(node.items),
      };
  }
}

/** The FEEL text behind the id of an expression: `amount.formula`, `lines.amount.visible`, `price.default`. */
export function expressionText(document: FormDocument, id: string): string | undefined {
  const parts = id.split(".");
  const property = parts.at(-1) ?? "";
  const [field = "", sub] = parts.slice(0, -1);
  const outer = document.fields[field];
  const value = (sub === undefined ? outer : outer?.fields?.[sub])?.[property];
  if (typeof value !== "string") return undefined;
  return property === "default" ? value.replace(/^=/, "") : value;
}
