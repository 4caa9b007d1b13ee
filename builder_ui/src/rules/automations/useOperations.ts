/** What connectors can be asked to do: `connector.operation`, with the names of its inputs. */
import { useQueries } from "@tanstack/react-query";
import { api, keys } from "@/api";
import { label, type Label } from "@/i18n";
import { useAround, type Named } from "./world";

export interface Operation extends Named {
  readonly inputs: readonly string[];
}

interface Connector {
  readonly document: {
    readonly operations: Readonly<Record<string, { readonly label?: Label; readonly inputs?: object }>>;
  };
}

export function useOperations(): readonly Operation[] {
  const { connectors } = useAround().world;
  const answers = useQueries({
    queries: connectors.map(({ key }) => ({
      queryKey: [...keys.definitions, "connector", key],
      retry: false,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<Connector>(`/definitions/connector/${key}`, undefined, signal),
    })),
  });
  return connectors.flatMap((connector, at) =>
    Object.entries(answers[at]?.data?.document.operations ?? {}).map(([key, operation]) => ({
      key: `${connector.key}.${key}`,
      label: `${connector.label} · ${label(operation.label, key)}`,
      inputs: Object.keys(operation.inputs ?? {}),
    })),
  );
}
