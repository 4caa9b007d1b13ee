import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, keys, request, type DefinitionSummary } from "@/api";
import type { DraftRef, PublishAnswer } from "./model/plan";

/** All definitions; those with a draft wait to be published. */
export function useDefinitions() {
  return useQuery({
    queryKey: [...keys.definitions, "all"],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: DefinitionSummary[] }>("/definitions", undefined, signal)).items,
    refetchOnMount: "always",
  });
}

/** The plan for the chosen drafts, computed again whenever the choice changes. */
export function usePlan(drafts: readonly DraftRef[], wanted: boolean) {
  return useQuery({
    queryKey: ["publish", "plan", drafts],
    enabled: wanted && drafts.length > 0,
    queryFn: ({ signal }) =>
      request<PublishAnswer>("POST", "/publish", { query: { plan: 1 }, body: { drafts, note: "" }, signal }),
    refetchOnMount: "always",
    retry: false,
  });
}

export function usePublish(onDone: (answer: PublishAnswer) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ drafts, note }: { drafts: readonly DraftRef[]; note: string }) =>
      api.post<PublishAnswer>("/publish", { drafts, note }),
    onSuccess: async (answer) => {
      onDone(answer);
      await forgetDefinitions(queries);
    },
  });
}

/** What was published is stale everywhere: lists, forms, records' columns, the navigation. Plans are over. */
async function forgetDefinitions(queries: ReturnType<typeof useQueryClient>): Promise<void> {
  queries.removeQueries({ queryKey: ["publish"] });
  const stale = [keys.definitions, keys.forms, keys.me, ["drafts"], ["records"], ["versions"]];
  await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
}

export interface Version {
  readonly version: number;
  readonly published_at: string;
  readonly published_by?: { name: string } | string | null;
  readonly note?: string | null;
  readonly current?: boolean;
}

export function useVersions({ kind, key }: DraftRef) {
  return useQuery({
    queryKey: ["versions", kind, key],
    retry: false,
    queryFn: ({ signal }) =>
      api.get<{ items: Version[] }>(`/definitions/${kind}/${key}/versions`, undefined, signal),
  });
}

const rollBackPath = ({ kind, key }: DraftRef) => `/definitions/${kind}/${key}/roll-back`;

export function useRollBackPlan(ref: DraftRef, version: number | null) {
  return useQuery({
    queryKey: ["publish", "roll-back", ref, version],
    enabled: version !== null,
    retry: false,
    queryFn: () => api.post<PublishAnswer>(rollBackPath(ref), { version, note: "" }, { plan: 1 }),
    refetchOnMount: "always",
  });
}

export function useRollBack(ref: DraftRef, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, note }: { version: number; note: string }) =>
      api.post<PublishAnswer>(rollBackPath(ref), { version, note }),
    onSuccess: async () => {
      onDone();
      await forgetDefinitions(queries);
    },
  });
}
