import { useQueries } from "@tanstack/react-query";
import { titleOf, type FieldRender } from "@/api";
import { isReference, type Condition } from "../model/conditions";

/** Titles of the records, people or departments whose ids a comparison names, by id. */
export function useTitles(condition: Condition, field: FieldRender | undefined): Record<string, string> {
  const ids =
    field && isReference(field.type)
      ? condition.operands.flatMap((operand) => (operand.kind === "number" ? [operand.text] : []))
      : [];
  const answers = useQueries({ queries: ids.flatMap((id) => (field ? [titleOf(field, Number(id))] : [])) });
  return Object.fromEntries(ids.flatMap((id, at) => (answers[at]?.data ? [[id, answers[at].data]] : [])));
}
