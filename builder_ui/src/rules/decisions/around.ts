/** What the parts of the grid need to know of the editor around them. */
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo } from "react";
import { api, keys, type DefinitionSummary, type FieldRender } from "@/api";
import { useDesignedForm } from "@/forms";
import { currentCurrency, label } from "@/i18n";
import type { Marks } from "./model/marks";
import type { Sheet } from "./model/sheet";
import type { Given, Trial } from "./model/state";
import { styleOf, type Style } from "./model/style";

export interface Around {
  readonly sheet: Sheet;
  /** Of every column, counted through. */
  readonly styles: readonly Style[];
  readonly marks: Marks;
  readonly given: Given;
  readonly trial: Trial | null;
  readonly change: (sheet: Sheet) => void;
  readonly tryWith: (given: Given) => void;
}

const AroundContext = createContext<Around | null>(null);
export const AroundProvider = AroundContext.Provider;

export function useAround(): Around {
  const around = useContext(AroundContext);
  if (!around) throw new Error("A part of the grid stands inside its editor.");
  return around;
}

export interface Named {
  readonly key: string;
  readonly label: string;
}

const NO_FORMS: readonly Named[] = [];

export function useForms(): readonly Named[] {
  const { data } = useQuery({
    queryKey: [...keys.definitions, "named", "form"],
    queryFn: async ({ signal }) => {
      const { items } = await api.get<{ items: DefinitionSummary[] }>(
        "/definitions",
        { kind: "form" },
        signal,
      );
      return items.map((one) => ({ key: one.key, label: label(one.label, one.key) }));
    },
  });
  return data ?? NO_FORMS;
}

/** The form whose fields the columns hold: that of the first which names one. */
export function formOf(sheet: Sheet): string | undefined {
  const linked = [...sheet.inputs, ...sheet.outputs].find(({ field }) => field !== "");
  return linked?.field.split(".")[0];
}

const NO_FIELDS: Readonly<Record<string, FieldRender>> = {};
const NOTE: Style = { kind: "text", options: [], currency: "" };

export function useFieldsOf(form: string | undefined): Readonly<Record<string, FieldRender>> {
  return useDesignedForm(form)?.fields ?? NO_FIELDS;
}

export function useStyles(sheet: Sheet | null): readonly Style[] {
  const form = sheet ? formOf(sheet) : undefined;
  const fields = useFieldsOf(form);
  const currency = currentCurrency();
  return useMemo(() => {
    if (!sheet) return [];
    const columns = [...sheet.inputs, ...sheet.outputs].map((column) => {
      const [owner, key = ""] = column.field.split(".");
      return styleOf(column, owner === form ? fields[key] : undefined, currency);
    });
    return [...columns, ...sheet.annotations.map(() => NOTE)];
  }, [sheet, form, fields, currency]);
}
