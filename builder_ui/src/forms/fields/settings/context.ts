import { createContext, useContext } from "react";
import type { FieldRender, Problem } from "@/api";
import type { FieldAddress } from "../../model/document";
import { messagesAt } from "../../model/problems";

/** What the property rows know of the form around their field. */
export interface SettingsScope {
  readonly problems: readonly Problem[];
  /** Key of the form, "" until it is published. */
  readonly form: string;
  /** Fields that an expression of this field can read. */
  readonly fields: readonly FieldRender[];
  /** Fields of the record, whether the field stands in it or in a row of a sub-table. */
  readonly record: readonly FieldRender[];
  /** Fields beside this one: of the record, or columns of the same sub-table. */
  readonly siblings: readonly FieldRender[];
  /** Keys of options that were published once and cannot change any more. */
  readonly fixedOptions: readonly string[];
}

export const SettingsScopeContext = createContext<SettingsScope>({
  problems: [],
  form: "",
  fields: [],
  record: [],
  siblings: [],
  fixedOptions: [],
});

/** The server's sentences about one property of one field. */
export function useProblemsAt({ field, sub }: FieldAddress, property: string): readonly Problem[] {
  const { problems } = useContext(SettingsScopeContext);
  const here = messagesAt(problems, field, sub, property);
  return sub === undefined
    ? here.filter((problem) => !/^\/fields\/[^/]+\/fields\//.test(problem.at ?? ""))
    : here;
}

/** Key of the published form that expressions are about. */
export function useExpressionForm(): string {
  return useContext(SettingsScopeContext).form;
}

export function useExpressionFields(): readonly FieldRender[] {
  return useContext(SettingsScopeContext).fields;
}
