/** The form document as files and drafts hold it (design/forms.md §3): defaults are omitted. */
import type { Label as AnyLabel } from "@/i18n";

export type Label = NonNullable<AnyLabel>;

/** A constant, or FEEL text that is evaluated per record. */
export type Switch = boolean | string;

export interface OptionDocument {
  readonly key: string;
  readonly label: Label;
  readonly color?: string;
}

export interface FieldDocument {
  readonly type: string;
  readonly label?: Label;
  readonly hint?: Label;
  readonly required?: Switch;
  readonly visible?: Switch;
  readonly readonly?: Switch;
  readonly default?: unknown;
  readonly formula?: string;
  readonly options?: readonly OptionDocument[];
  readonly to?: string;
  readonly fields?: Readonly<Record<string, FieldDocument>>;
  readonly [property: string]: unknown;
}

/** One entry of `layout`: a field key, or an object told apart by its first word. */
export type LayoutItem = string | Readonly<Record<string, unknown>>;

export interface FormDocument {
  readonly key: string;
  readonly label: Label;
  readonly title?: string;
  readonly fields: Readonly<Record<string, FieldDocument>>;
  readonly layout?: readonly LayoutItem[];
  readonly [property: string]: unknown;
}

/** Where a field stands: in the form, or inside a sub-table of it. */
export interface FieldAddress {
  readonly field: string;
  readonly sub?: string;
}

export function fieldAt(document: FormDocument, address: FieldAddress): FieldDocument | undefined {
  const field = document.fields[address.field];
  return address.sub === undefined ? field : field?.fields?.[address.sub];
}

export function emptyForm(key: string, label: Label): FormDocument {
  return { $schema: "form/1", key, label, fields: {}, layout: [] };
}

/** A draft's JSON as a form document; parts that are not there yet are empty, never missing. */
export function asFormDocument(json: unknown, key: string): FormDocument {
  const document = isObject(json) ? json : {};
  const fields = isObject(document["fields"]) ? document["fields"] : {};
  return { label: key, ...document, key, fields: fields as FormDocument["fields"] };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
