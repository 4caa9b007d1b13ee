import type { FieldRender, FieldTypeName } from "@/api";
import { formatNumber, formatPercent, label, t } from "@/i18n";
import {
  arity,
  isComparable,
  operatorsOf,
  type Condition,
  type Operand,
  type Operator,
} from "../model/conditions";

/** A new comparison on the field, with its usual operator and nothing entered. */
export function newCondition(field: FieldRender): Condition {
  const operator = operatorsOf(field.type)[0] ?? "empty";
  return withOperator({ kind: "condition", field: field.key, operator, operands: [] }, operator, field.type);
}

/** Fields that this one can be compared with: of a like type, references of one form. */
export function comparable(field: FieldRender, others: readonly FieldRender[]): readonly FieldRender[] {
  return others.filter(
    (other) =>
      other.key !== field.key &&
      isComparable(other.type, field.type) &&
      (other.to ?? "") === (field.to ?? ""),
  );
}

export function comparesFields(operator: Operator): boolean {
  return operator === "same" || operator === "not_same";
}

export function emptyOperand(type: FieldTypeName): Operand {
  switch (type) {
    case "number":
    case "money":
    case "percent":
    case "rating":
      return { kind: "number", text: "" };
    case "date":
    case "datetime":
      return type === "date" ? { kind: "days", days: 0 } : { kind: "date", date: "" };
    default:
      return { kind: "text", text: "" };
  }
}

/** The comparison with another operator, keeping as many operands as that one takes. */
export function withOperator(condition: Condition, operator: Operator, type: FieldTypeName): Condition {
  const needs = arity(operator);
  if (needs === "many") {
    const kept = arity(condition.operator) === "many" ? condition.operands : [];
    return { ...condition, operator, operands: kept };
  }
  const kept = comparesFields(operator) === comparesFields(condition.operator) ? condition.operands : [];
  const empty: Operand = comparesFields(operator) ? { kind: "field", path: "" } : emptyOperand(type);
  const operands = Array.from({ length: needs }, (_, at) => kept[at] ?? empty);
  return { ...condition, operator, operands };
}

function relativeDays(days: number): string {
  if (days === 0) return t("rules.day.today");
  return days < 0 ? t("rules.day.ago", { count: -days }) : t("rules.day.ahead", { count: days });
}

function figure(text: string, field: FieldRender | undefined): string {
  if (field?.type === "percent") return formatPercent(text);
  return field?.type === "money" || field?.type === "number" ? formatNumber(text) : text;
}

/** What a chip shows for an operand; titles of referenced records come from `titles`, else their id. */
export function operandText(
  operand: Operand,
  field: FieldRender | undefined,
  titles: Readonly<Record<string, string>> = {},
): string {
  switch (operand.kind) {
    case "days":
      return relativeDays(operand.days);
    case "date":
      return operand.date;
    case "field":
      return operand.path;
    case "number":
      return titles[operand.text] ?? figure(operand.text, field);
    case "text":
      return label(field?.options?.find((option) => option.key === operand.text)?.label, operand.text);
  }
}
