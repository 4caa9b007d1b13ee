import { useQuery } from "@tanstack/react-query";
import { api, keys, type ProcessSummary, type Startable } from "@/api";

interface OfRecord {
  /** The newest first. */
  items: ProcessSummary[];
  /** Flows of the form that this person may start by hand, the refused ones with the reason. */
  flows: Startable[];
}

/** What ran, runs and can be started on a record. */
export function useProcesses(form: string, id: number) {
  return useQuery({
    queryKey: keys.recordProcesses(form, id),
    queryFn: ({ signal }) => api.get<OfRecord>(`/forms/${form}/records/${id}/processes`, undefined, signal),
  });
}
