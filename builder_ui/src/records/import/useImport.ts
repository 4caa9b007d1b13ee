import { useMutation, useQuery } from "@tanstack/react-query";
import { api, type Job } from "@/api";

export interface ImportChoice {
  form: string;
  file: File;
  mapping: string;
  /** null: as the mapping says */
  mode: "live" | "history" | null;
}

function send(
  { form, file, mapping, mode }: ImportChoice,
  dryRun: boolean,
): Promise<{ job: Job | number | string }> {
  const body = new FormData();
  body.set("file", file);
  body.set("mapping", mapping);
  if (mode) body.set("mode", mode);
  if (dryRun) body.set("dry_run", "1");
  return api.post(`/forms/${form}/imports`, body);
}

/** Sends the file; the answer is the id of the job that reads it. */
export function useSend(onStarted: (job: string) => void) {
  return useMutation({
    mutationFn: ({ choice, dryRun }: { choice: ImportChoice; dryRun: boolean }) => send(choice, dryRun),
    onSuccess: ({ job }) => onStarted(String(typeof job === "object" ? job.id : job)),
  });
}

const POLL_MS = 700;

export function isOver(job: Job | undefined): boolean {
  return job?.state === "done" || job?.state === "failed";
}

/** The job, asked again until it is over. */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: ["jobs", id],
    queryFn: ({ signal }) => api.get<Job>(`/jobs/${id}`, undefined, signal),
    enabled: id !== null,
    refetchInterval: (query) => (isOver(query.state.data) ? false : POLL_MS),
  });
}

export function useMappings(form: string) {
  return useQuery({
    queryKey: ["mappings", form],
    queryFn: ({ signal }) =>
      api.get<{ items: { key: string; label: string | Record<string, string> }[] }>(
        "/mappings",
        { form },
        signal,
      ),
  });
}
