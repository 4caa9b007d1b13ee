import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  api,
  keys,
  type Box,
  type Count,
  type Process,
  type RecordView,
  type Task,
  type TaskDetail,
} from "@/api";
import type { Values } from "@/api";

export interface TaskPage {
  items: Task[];
  next: string | null;
  count?: Count | number | null;
}

export function useTasks(box: Box) {
  return useInfiniteQuery({
    queryKey: [...keys.tasks, "box", box],
    queryFn: ({ pageParam, signal }) => api.get<TaskPage>("/tasks", { box, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 60_000,
  });
}

/** A task with everything to decide it: the form as its node shows it, the record, the process. */
export interface OpenTask extends Omit<TaskDetail, "record" | "process"> {
  record: RecordView;
  process: Process;
}

export function useTask(id: number | null) {
  return useQuery({
    queryKey: keys.task(id ?? 0),
    queryFn: ({ signal }) => api.get<OpenTask>(`/tasks/${id}`, undefined, signal),
    enabled: id !== null,
    retry: false,
  });
}

export interface Decision {
  outcome: string;
  opinion: string;
  values?: Values;
}

/** One decision; the command id makes a repeated click or a repeated request count once. */
export function useComplete(onDone: (task: OpenTask, outcome: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ task, decision }: { task: OpenTask; decision: Decision }) =>
      api.post(`/tasks/${task.id}/complete`, {
        outcome: decision.outcome,
        opinion: decision.opinion,
        ...(decision.values ? { values: decision.values } : {}),
        version: task.version,
        command_id: crypto.randomUUID(),
      }),
    onSuccess: async (_, { task, decision }) => {
      onDone(task, decision.outcome);
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.tasks }),
        queries.invalidateQueries({ queryKey: keys.records(task.form) }),
      ]);
    },
  });
}
