import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api, keys, type RecordPage } from "@/api";
import { printSort, type SortKey } from "../model/listState";

export interface RecordsQuery {
  form: string;
  where: string;
  sort: readonly SortKey[];
  search: string;
  columns: readonly string[];
}

const PAGE = 100;

/** Pages of a list by keyset; the count comes with the first page and is bounded on the server. */
export function useRecords({ form, where, sort, search, columns }: RecordsQuery) {
  const parameters = {
    where,
    sort: printSort(sort),
    search,
    fields: columns.join(","),
    limit: PAGE,
  };
  return useInfiniteQuery({
    queryKey: [...keys.records(form), "list", parameters],
    queryFn: ({ pageParam, signal }) =>
      api.get<RecordPage>(
        `/forms/${form}/records`,
        { ...parameters, cursor: pageParam, count: pageParam === null ? "bounded" : null },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled: columns.length > 0,
  });
}
