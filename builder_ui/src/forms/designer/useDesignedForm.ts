import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, keys, type Draft, type FieldRender, type FormRender } from "@/api";
import { useT } from "@/i18n";
import { isFieldType } from "../fields/specs";
import { asFormDocument } from "../model/document";
import { previewForm } from "../model/preview";
import { systemFields } from "./systemFields";

/** A form as its designer sees it, drafted or published, whatever rights she has on its records. */
export function useDesignedForm(key: string | undefined): FormRender | undefined {
  const t = useT();
  const { data } = useQuery({
    queryKey: [...keys.definitions, "designed", key],
    enabled: key !== undefined && key !== "",
    retry: false,
    queryFn: ({ signal }) => api.get<Draft>(`/drafts/form/${key}`, undefined, signal),
  });
  return useMemo(
    () => data && previewForm(asFormDocument(data.document, data.key), isFieldType, systemFields(t)),
    [data, t],
  );
}

/** What an expression over the form can compare: its own fields, then those that every record has. */
export function readableFields(form: FormRender): readonly FieldRender[] {
  return [...Object.values(form.fields), ...Object.values(form.system)];
}
