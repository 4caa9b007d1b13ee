import { createContext, useContext } from "react";
import type { FieldRender, Problem } from "@/api";
import type { FieldAddress } from "../../model/document";
import { messagesAt } from "../../model/problems";

/** What the property rows know of the form around their field. */
export interface SettingsScope {
  readonly problems: readonly Problem[];
  /** Fields that an expression of this field can read. */
  readonly fields: readonly FieldRender[];
}

export const SettingsScopeContext = createContext<SettingsScope>({ problems: [], fields: [] });

/** The server's sentences about one property of one field. */
export function useProblemsAt({ field, sub }: FieldAddress, property: string): readonly Problem[] {
  const { problems } = useContext(SettingsScopeContext);
  const here = messagesAt(problems, field, sub, property);
  return sub === undefined
    ? here.filter((problem) => !/^\/fields\/[^/]+\/fields\//.test(problem.at ?? ""))
    : here;
}

export function useExpressionFields(): readonly FieldRender[] {
  return useContext(SettingsScopeContext).fields;
}
