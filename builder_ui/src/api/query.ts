import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./problem";

/** Only a server that was not reached or not ready is asked again; a refusal is an answer. */
function worthRetrying(count: number, error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 503) && count < 2;
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: worthRetrying, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}

/** Keys of everything cached, in one place, so that a change knows what it makes stale. */
export const keys = {
  me: ["me"] as const,
  forms: ["forms"] as const,
  form: (form: string) => ["forms", form] as const,
  records: (form: string) => ["records", form] as const,
  record: (form: string, id: number) => ["records", form, "one", id] as const,
  history: (form: string, id: number) => ["records", form, "history", id] as const,
  recordProcesses: (form: string, id: number) => ["records", form, "processes", id] as const,
  tasks: ["tasks"] as const,
  task: (id: number) => ["tasks", "one", id] as const,
  process: (id: number) => ["processes", id] as const,
  definitions: ["definitions"] as const,
  draft: (kind: string, key: string) => ["drafts", kind, key] as const,
};
