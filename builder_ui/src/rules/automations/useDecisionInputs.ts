/** What a decision must be told, with its FEEL types. */
import { useQuery } from "@tanstack/react-query";
import { api, keys, request, type Draft } from "@/api";

export interface DecisionInput {
  readonly name: string;
  readonly type: string;
}

const NONE: readonly DecisionInput[] = [];

export function useDecisionInputs(key: string): readonly DecisionInput[] {
  const { data } = useQuery({
    queryKey: [...keys.definitions, "decision-inputs", key],
    enabled: key !== "",
    retry: false,
    queryFn: async ({ signal }) => {
      const { text } = await api.get<Draft>(`/drafts/decision/${key}`, undefined, signal);
      const asked = { body: { text: text ?? "", decision: key }, signal };
      const { needs } = await request<{ needs: Readonly<Record<string, string>> }>(
        "POST",
        `/drafts/decision/${key}/preview`,
        asked,
      );
      return Object.entries(needs).map(([name, type]) => ({ name, type }));
    },
  });
  return data ?? NONE;
}
