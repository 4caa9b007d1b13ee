import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, keys, sentenceOf } from "@/api";
import { t, type Label } from "@/i18n";
import { toast } from "@/ui";
import type { Run, WholeRun } from "./model/run";

export interface Asked {
  readonly rule?: string;
  readonly form?: string;
  readonly record?: number;
  readonly state?: string;
  readonly days?: number;
}

interface Page {
  readonly items: readonly Run[];
  readonly next: string | null;
}

const RUNS = ["rule-runs"] as const;

/** Runs on the records of a form are as stale as these: whoever saves one asks for them anew. */
function listKey(asked: Asked) {
  return asked.form ? [...keys.records(asked.form), "runs", asked] : [...RUNS, "list", asked];
}

/** The newest first, a page at a time. */
export function useRuns(asked: Asked) {
  return useInfiniteQuery({
    queryKey: listKey(asked),
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      api.get<Page>("/rule-runs", { ...asked, limit: 30, cursor: pageParam || undefined }, signal),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useRun(id: number) {
  return useQuery({
    queryKey: [...RUNS, "one", id],
    queryFn: ({ signal }) => api.get<WholeRun>(`/rule-runs/${id}`, undefined, signal),
    staleTime: Infinity,
  });
}

/** Repeats a failed run on the record as it is now; the new run comes first in the list. */
export function useRetry(run: Run) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(`/rule-runs/${run.id}/retry`, {}),
    onSuccess: async () => {
      toast.show(t("runs.retried"));
      await queries.invalidateQueries({ queryKey: [...RUNS, "list"] });
      if (run.form) await queries.invalidateQueries({ queryKey: keys.records(run.form) });
    },
    onError: (error) => toast.failed(sentenceOf(error)),
  });
}

/** How often each rule failed since yesterday, by key; the last 200 failures count. */
export function useFailures(): ReadonlyMap<string, number> {
  const { data } = useQuery({
    queryKey: [...RUNS, "failures"],
    queryFn: ({ signal }) => api.get<Page>("/rule-runs", { state: "failed", days: 1, limit: 200 }, signal),
  });
  const counts = new Map<string, number>();
  for (const { rule } of data?.items ?? []) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

export interface RuleName {
  readonly key: string;
  readonly label: Label;
  readonly trigger: string | null;
}

/** The rules in force about a form's records. */
export function useRulesOf(form: string) {
  return useQuery({
    queryKey: [...RUNS, "rules", form],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: RuleName[] }>(`/forms/${form}/rules`, undefined, signal)).items,
  });
}
