/** What a field type is on screen: one folder per type, named as in `engine/forms/fields`. */
import type { ComponentType } from "react";
import type { FieldRender, FieldTypeName, Value } from "@/api";
import type { Label, Params } from "@/i18n";
import type { IconName } from "@/ui";
import type { FieldAddress, FieldDocument } from "../model/document";

/** Something wrong with an entered value: a text key below `forms.` and its parameters. */
export interface EntryProblem {
  readonly key: string;
  readonly params?: Params;
}

/** The part without React: palette entry, what a new field looks like in the document, what the browser checks. */
export interface FieldSpec {
  readonly name: FieldTypeName;
  readonly group: "basic" | "linked" | "people";
  readonly icon: IconName;
  /** Search words of the palette beside the label: pinyin, its initials, English, synonyms. */
  readonly words: string;
  /** Width of a new field, of 12 columns. */
  readonly span: number;
  /** Whether a column of a sub-table may have this type. */
  readonly inSubtable: boolean;
  document(label: NonNullable<Label>): FieldDocument;
  check(field: FieldRender, value: Value): EntryProblem | undefined;
}

export interface InputProps {
  readonly field: FieldRender;
  /** Id of the control, for its label. */
  readonly id: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled: boolean;
  readonly required: boolean;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  /** Inside a grid: no border of its own, named by its column. */
  readonly name?: string;
}

export interface CellProps {
  readonly field: FieldRender;
  readonly value: Value;
}

export interface SettingsProps {
  readonly field: FieldDocument;
  readonly address: FieldAddress;
  /** Changes properties; undefined takes one out. `tag` joins edits of one box into one undo step. */
  readonly set: (change: Readonly<Record<string, unknown>>, tag?: string) => void;
}

export interface FieldType {
  readonly spec: FieldSpec;
  readonly Input: ComponentType<InputProps>;
  readonly Cell: ComponentType<CellProps>;
}
