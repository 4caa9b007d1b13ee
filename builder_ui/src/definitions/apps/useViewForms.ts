import { useQueries } from "@tanstack/react-query";
import { api, keys, type Draft } from "@/api";
import type { Label } from "@/i18n";
import { isObject } from "@/forms";
import { useAllDefinitions } from "../useDefinitions";

export interface ViewOfForm {
  readonly key: string;
  readonly label: Label;
  readonly form: string;
}

/** Every shared view with the form it lists. */
export function useViewForms(): readonly ViewOfForm[] {
  const { data = [] } = useAllDefinitions();
  const views = data.filter(({ kind }) => kind === "view");
  const answers = useQueries({
    queries: views.map(({ key }) => ({
      queryKey: [...keys.definitions, "view", key],
      queryFn: () => api.get<Draft>(`/drafts/view/${key}`),
    })),
  });
  return views.map(({ key, label }, at) => {
    const document = answers[at]?.data?.document;
    const form = isObject(document) ? document["form"] : "";
    return { key, label, form: typeof form === "string" ? form : "" };
  });
}
