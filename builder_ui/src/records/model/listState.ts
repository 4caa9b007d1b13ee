import type { View } from "@/api";

export interface SortKey {
  field: string;
  descending: boolean;
}

/** What the address says about a list. null = as the view has it. */
export interface ListState {
  view: string | null;
  where: string | null;
  sort: SortKey[] | null;
  search: string;
}

export function readSort(text: string): SortKey[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) => ({ field: part.replace(/^-/, ""), descending: part.startsWith("-") }));
}

export function printSort(sort: readonly SortKey[]): string {
  return sort.map(({ field, descending }) => (descending ? "-" : "") + field).join(",");
}

export function readListState(params: URLSearchParams): ListState {
  const sort = params.get("sort");
  return {
    view: params.get("view"),
    where: params.get("where"),
    sort: sort === null ? null : readSort(sort),
    search: params.get("q") ?? "",
  };
}

/** The address of a state; what equals the view is left out, so that links stay short. */
export function printListState(state: ListState): URLSearchParams {
  const params = new URLSearchParams();
  if (state.view) params.set("view", state.view);
  if (state.where !== null) params.set("where", state.where);
  if (state.sort !== null) params.set("sort", printSort(state.sort));
  if (state.search) params.set("q", state.search);
  return params;
}

function viewSort(view: View | undefined): SortKey[] {
  if (!view?.sort) return [];
  return readSort(typeof view.sort === "string" ? view.sort : view.sort.join(","));
}

/** A view that shows every record; where a form has one, its list needs no further tab for all. */
export function viewOfAll(views: readonly View[]): View | undefined {
  return views.find((view) => !view.where);
}

/** The view that the address names, else the one of all records. */
export function currentView(views: readonly View[], key: string | null): View | undefined {
  return views.find((view) => view.key === key) ?? viewOfAll(views);
}

/** Filter and order in force: the address's, else the view's. */
export function effective(state: ListState, view: View | undefined): { where: string; sort: SortKey[] } {
  return { where: state.where ?? view?.where ?? "", sort: state.sort ?? viewSort(view) };
}

/** A click on a column head: ascending, descending, unsorted. */
export function toggled(sort: readonly SortKey[], field: string): SortKey[] {
  const [first] = sort;
  if (first?.field !== field) return [{ field, descending: false }];
  return first.descending ? [] : [{ field, descending: true }];
}
