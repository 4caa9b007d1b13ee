import { useQuery } from "@tanstack/react-query";
import { api, keys, type DefinitionSummary } from "@/api";

/** Every definition of the workspace, published or drafted. */
export function useAllDefinitions(wanted = true) {
  return useQuery({
    queryKey: [...keys.definitions, "all"],
    enabled: wanted,
    queryFn: async ({ signal }) =>
      (await api.get<{ items: DefinitionSummary[] }>("/definitions", undefined, signal)).items,
  });
}
