import type { FieldTypeName } from "@/api";
import { isReference, pruned, type Condition, type Group, type Item, type Operand } from "./conditions";

/** Type of a field by key; undefined for a field that is unknown here. */
export type TypeOf = (field: string) => FieldTypeName | undefined;

const COMPARISONS: Partial<Record<Condition["operator"], string>> = {
  is: "=",
  is_not: "!=",
  same: "=",
  not_same: "!=",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
};
const CALLS: Partial<Record<Condition["operator"], string>> = {
  contains: "contains",
  starts_with: "starts with",
  ends_with: "ends with",
};

export function quoted(text: string): string {
  return JSON.stringify(text);
}

function relativeDay(days: number): string {
  if (days === 0) return "today()";
  return `today() ${days < 0 ? "-" : "+"} duration("P${Math.abs(days)}D")`;
}

function printOperand(operand: Operand, type: FieldTypeName | undefined): string {
  switch (operand.kind) {
    case "text":
      return quoted(operand.text);
    case "number":
      return operand.text;
    case "field":
      return operand.path;
    case "days":
      return relativeDay(operand.days);
    case "date":
      // A datetime field is compared with the start of the day; its value has a time, a FEEL date has none.
      return type === "datetime"
        ? `date and time(${quoted(`${operand.date}T00:00:00`)})`
        : `date(${quoted(operand.date)})`;
  }
}

function printCondition({ field, operator, operands }: Condition, typeOf: TypeOf): string {
  const type = typeOf(field);
  const path = type && isReference(type) ? `${field}.id` : field;
  const values = operands.map((operand) => printOperand(operand, type));
  const [first = "null", second = "null"] = values;
  switch (operator) {
    case "empty":
      return `${field} = null`;
    case "filled":
      return `${field} != null`;
    case "yes":
      return `${field} = true`;
    case "no":
      return `${field} = false`;
    case "me":
      return `${path} = user.id`;
    case "any_of":
      return values.length === 1 ? `${path} = ${first}` : `${path} in (${values.join(", ")})`;
    case "none_of":
      return values.length === 1 ? `${path} != ${first}` : `not(${path} in (${values.join(", ")}))`;
    case "between":
      return `${path} between ${first} and ${second}`;
    case "same":
    case "not_same":
      return `${field} ${COMPARISONS[operator]} ${first}`;
    default:
      return CALLS[operator]
        ? `${CALLS[operator]}(${path}, ${first})`
        : `${path} ${COMPARISONS[operator]} ${first}`;
  }
}

function printItem(item: Item, typeOf: TypeOf): string {
  if (item.kind === "condition") return printCondition(item, typeOf);
  const text = printGroup(item, typeOf);
  return item.items.length > 1 ? `(${text})` : text;
}

function printGroup(group: Group, typeOf: TypeOf): string {
  return group.items.map((item) => printItem(item, typeOf)).join(group.any ? " or " : " and ");
}

/** The FEEL text of the finished comparisons; "" when there are none. */
export function printConditions(group: Group, typeOf: TypeOf): string {
  return printGroup(pruned(group), typeOf);
}
