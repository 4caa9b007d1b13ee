import { useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { api, keys, type Draft, type FieldRender, type FormRender } from "@/api";
import { label, useT } from "@/i18n";
import { isFieldType } from "../fields/specs";
import { asFormDocument } from "../model/document";
import { previewForm } from "../model/preview";
import { systemFields } from "./systemFields";

function designed(key: string) {
  return {
    queryKey: [...keys.definitions, "designed", key],
    enabled: key !== "",
    retry: false,
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.get<Draft>(`/drafts/form/${key}`, undefined, signal),
  };
}

/** Turns a draft into the form that it describes. */
function useRenders(): (draft: Draft) => FormRender {
  const t = useT();
  return useCallback(
    ({ document, key }: Draft) => previewForm(asFormDocument(document, key), isFieldType, systemFields(t)),
    [t],
  );
}

/** A form as its designer sees it, drafted or published, whatever rights she has on its records. */
export function useDesignedForm(key: string | undefined): FormRender | undefined {
  const { data } = useQuery(designed(key ?? ""));
  const render = useRenders();
  return useMemo(() => data && render(data), [data, render]);
}

/** What an expression over the form can compare: its own fields, then those that every record has. */
export function readableFields(form: FormRender): readonly FieldRender[] {
  return [...Object.values(form.fields), ...Object.values(form.system)];
}

/** The same and, one relation away, those of the forms it points to: `customer.level`, labelled 客户 › 级别. */
export function useFieldsWithRelated(form: FormRender | undefined): readonly FieldRender[] {
  const render = useRenders();
  const own = useMemo(() => (form ? readableFields(form) : []), [form]);
  const relations = useMemo(() => own.filter((field) => field.type === "relation"), [own]);
  const drafts = useQueries({ queries: relations.map(({ to = "" }) => designed(to)), combine: dataOf });
  return useMemo(() => {
    const related = drafts.map((draft) => (draft ? readableFields(render(draft)) : []));
    return [
      ...own,
      ...relations.flatMap((one, at) => related[at]?.flatMap((field) => within(one, field)) ?? []),
    ];
  }, [own, relations, drafts, render]);
}

function dataOf(results: readonly { data: Draft | undefined }[]): readonly (Draft | undefined)[] {
  return results.map(({ data }) => data);
}

/** The field as one reads it through the relation; rows of sub-tables are not read that way. */
function within(relation: FieldRender, field: FieldRender): FieldRender[] {
  if (field.type === "subtable") return [];
  const name = `${label(relation.label, relation.key)} › ${label(field.label, field.key)}`;
  return [{ ...field, key: `${relation.key}.${field.key}`, label: name }];
}
