import type { FieldTypeName } from "@/api";

/** What the condition builder edits: a tree of and/or groups over comparisons of one field with literals or fields. */
export type Operator =
  | "any_of"
  | "none_of"
  | "is"
  | "is_not"
  | "contains"
  | "starts_with"
  | "ends_with"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "between"
  | "yes"
  | "no"
  | "me"
  | "same"
  | "not_same"
  | "empty"
  | "filled";

/**
 * A literal, or another field: its key, `record.<key>` where bare names are those of another form's record.
 * `days` is relative to today: -7 = seven days ago. Numbers are decimal text.
 */
export type Operand =
  | { kind: "text"; text: string }
  | { kind: "number"; text: string }
  | { kind: "date"; date: string }
  | { kind: "days"; days: number }
  | { kind: "field"; path: string };

export interface Condition {
  kind: "condition";
  /** Field key; of relations, members and departments the id is compared. */
  field: string;
  operator: Operator;
  operands: Operand[];
}

export interface Group {
  kind: "group";
  /** true: one must hold (or); false: all must hold (and) */
  any: boolean;
  items: Item[];
}

export type Item = Condition | Group;

export const NO_CONDITIONS: Group = { kind: "group", any: false, items: [] };

const REFERENCES: readonly FieldTypeName[] = ["relation", "member", "department"];

export function isReference(type: FieldTypeName): boolean {
  return REFERENCES.includes(type);
}

const ORDERED: readonly Operator[] = ["is", "is_not", "ge", "gt", "le", "lt", "between", "empty", "filled"];
const TEXT: readonly Operator[] = ["contains", "is", "is_not", "starts_with", "ends_with", "empty", "filled"];
const INSTANT: readonly Operator[] = ["ge", "lt", "empty", "filled"];

/** Comparisons offered for a field of this type, the usual one first. */
export function operatorsOf(type: FieldTypeName): readonly Operator[] {
  switch (type) {
    case "text":
    case "longtext":
    case "email":
    case "phone":
    case "url":
    case "id_number":
    case "credit_code":
    case "auto_number":
      return TEXT;
    case "number":
    case "money":
    case "percent":
    case "rating":
    case "date":
      return ORDERED;
    case "datetime":
      return INSTANT;
    case "checkbox":
      return ["yes", "no"];
    case "select":
    case "relation":
    case "department":
      return ["any_of", "none_of", "same", "not_same", "empty", "filled"];
    case "member":
      return ["any_of", "none_of", "me", "same", "not_same", "empty", "filled"];
    case "subtable":
      return [];
  }
}

/** How many operands an operator takes; "many" is one or more. */
export function arity(operator: Operator): 0 | 1 | 2 | "many" {
  switch (operator) {
    case "yes":
    case "no":
    case "me":
    case "empty":
    case "filled":
      return 0;
    case "between":
      return 2;
    case "any_of":
    case "none_of":
      return "many";
    default:
      return 1;
  }
}

const NUMBER = /^-?\d+(\.\d+)?$/;

function isEntered(operand: Operand): boolean {
  switch (operand.kind) {
    case "number":
      return NUMBER.test(operand.text);
    case "text":
      return operand.text !== "";
    case "date":
      return operand.date !== "";
    case "days":
      return true;
    case "field":
      return operand.path !== "";
  }
}

/** True when the comparison has the operands it needs; unfinished ones are not applied. */
export function isComplete(condition: Condition): boolean {
  const needs = arity(condition.operator);
  const filled = condition.operands.filter(isEntered);
  return needs === "many" ? filled.length > 0 : filled.length === needs;
}

/** The tree without unfinished comparisons and without groups that are left empty by that. */
export function pruned(group: Group): Group {
  const items = group.items
    .map((item) => (item.kind === "group" ? pruned(item) : item))
    .filter((item) => (item.kind === "group" ? item.items.length > 0 : isComplete(item)));
  return { ...group, items };
}

/** Number of comparisons in the tree. */
export function count(item: Item): number {
  return item.kind === "condition" ? 1 : item.items.reduce((sum, child) => sum + count(child), 0);
}

const FIGURES: readonly FieldTypeName[] = ["number", "money", "percent", "rating"];
const WORDS: readonly FieldTypeName[] = [
  "text",
  "longtext",
  "email",
  "phone",
  "url",
  "id_number",
  "credit_code",
  "auto_number",
];

/** A text to compare with, as the field stores it: numbers without blanks, addresses in small letters. */
export function storedText(type: FieldTypeName, text: string): string {
  switch (type) {
    case "phone":
      return text.replace(/[\s()-]/g, "");
    case "email":
      return text.trim().toLowerCase();
    case "id_number":
    case "credit_code":
      return text.replace(/[\s-]/g, "").toUpperCase();
    default:
      return text;
  }
}

/** Whether two fields of these types can be compared with each other. */
export function isComparable(one: FieldTypeName, other: FieldTypeName): boolean {
  return one === other || [FIGURES, WORDS].some((family) => family.includes(one) && family.includes(other));
}
