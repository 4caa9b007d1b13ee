/** What a rule can name, with the words people know it by. */
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo } from "react";
import { api, keys, type DefinitionSummary, type FieldRender } from "@/api";
import { readableFields, useDesignedForm, useFieldsWithRelated } from "@/forms";
import { label } from "@/i18n";
import { formOfTree, type Tree } from "./model/tree";
import type { ValueScope } from "./model/values";

/** Something that can be chosen. */
export interface Named {
  readonly key: string;
  readonly label: string;
}

export interface World {
  readonly form: string | undefined;
  readonly formLabel: string;
  /** Of the rule's form. */
  readonly fields: readonly FieldRender[];
  /** The same and those of the records it points to. */
  readonly compared: readonly FieldRender[];
  readonly scope: ValueScope;
  readonly forms: readonly Named[];
  readonly roles: readonly Named[];
  readonly groups: readonly Named[];
  readonly calendars: readonly Named[];
  readonly decisions: readonly Named[];
  readonly templates: readonly Named[];
  readonly connectors: readonly Named[];
}

const NOTHING: readonly FieldRender[] = [];
const NO_DEFINITIONS: readonly DefinitionSummary[] = [];
const NO_GROUPS: readonly Named[] = [];

export function useDefinitionList() {
  return useQuery({
    queryKey: [...keys.definitions, "all"],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: DefinitionSummary[] }>("/definitions", undefined, signal)).items,
  });
}

function useGroups(): readonly Named[] {
  const { data } = useQuery({
    queryKey: ["groups", "named"],
    queryFn: async ({ signal }) => {
      const { items } = await api.get<{ items: { key: string; name: string }[] }>(
        "/groups",
        undefined,
        signal,
      );
      return items.map(({ key, name }) => ({ key, label: name || key }));
    },
  });
  return data ?? NO_GROUPS;
}

export function useWorld(tree: Tree | null): World {
  const form = (tree && formOfTree(tree)) ?? undefined;
  const designed = useDesignedForm(form);
  const compared = useFieldsWithRelated(designed);
  const groups = useGroups();
  const all = useDefinitionList().data ?? NO_DEFINITIONS;
  return useMemo(() => {
    const fields = designed ? readableFields(designed) : NOTHING;
    const kinds = (kind: string) =>
      all
        .filter((one) => one.kind === kind)
        .map((one) => ({ key: one.key, label: label(one.label, one.key) }));
    return {
      ...{ form, fields, compared, groups, formLabel: label(designed?.label, form ?? "") },
      scope: { own: fields, form, foreign: false },
      ...{ forms: kinds("form"), roles: kinds("role"), calendars: kinds("calendar") },
      ...{
        templates: kinds("message_template"),
        connectors: kinds("connector"),
        decisions: kinds("decision"),
      },
    };
  }, [all, compared, designed, form, groups]);
}

/** What cards need to know of the editor around them. */
export interface Around {
  readonly world: World;
  /** The words of a statement in the text that is shown; "" while there are none. */
  readonly words: (statement: { readonly span?: readonly [number, number] }) => string;
  /** Whether the text's cursor stands in the statement. */
  readonly isAt: (statement: { readonly span?: readonly [number, number] }) => boolean;
}

const AroundContext = createContext<Around | null>(null);
export const AroundProvider = AroundContext.Provider;

export function useAround(): Around {
  const around = useContext(AroundContext);
  if (!around) throw new Error("A card of a rule stands inside its editor.");
  return around;
}
