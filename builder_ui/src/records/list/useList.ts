import { useMemo } from "react";
import { useSearchParams } from "react-router";
import type { FieldRender, FormRender, View } from "@/api";
import { useStored } from "@/ui";
import { allFields, defaultColumns } from "../model/fields";
import {
  currentView,
  effective,
  printListState,
  readListState,
  type ListState,
  type SortKey,
} from "../model/listState";

export interface List {
  state: ListState;
  view: View | undefined;
  where: string;
  sort: SortKey[];
  fields: Record<string, FieldRender>;
  columns: FieldRender[];
  change: (change: Partial<ListState>) => void;
  setColumns: (columns: string[] | null) => void;
}

/** Without a view of all records, the list of all shows what the view that shows most does. */
function widest(views: readonly View[]): View | undefined {
  return [...views].sort((a, b) => (b.columns?.length ?? 0) - (a.columns?.length ?? 0))[0];
}

/** What the list shows: filter, order and search from the address, columns from this browser or the view. */
export function useList(form: FormRender): List {
  const [params, setParams] = useSearchParams();
  const state = readListState(params);
  const view = currentView(form.views, state.view);
  const [chosen, setChosen] = useStored<string[] | null>(
    `dougong.columns.${form.key}.${view?.key ?? ""}`,
    null,
  );
  const fields = useMemo(() => allFields(form), [form]);
  const keys = chosen ?? (view ?? widest(form.views))?.columns ?? defaultColumns(form);
  const columns = keys.flatMap((key) => fields[key] ?? []);
  return {
    state,
    view,
    ...effective(state, view),
    fields,
    columns,
    change: (change) => setParams(printListState({ ...state, ...change }), { replace: true }),
    setColumns: setChosen,
  };
}
