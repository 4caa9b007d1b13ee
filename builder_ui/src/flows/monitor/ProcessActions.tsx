import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, keys, sentenceOf, type Process, type ProcessSummary, type TaskAction } from "@/api";
import { label, t, useT } from "@/i18n";
import { Button, Dialog, toast } from "@/ui";

/** What withdrawing must know of a process; a line of the box of started processes has it too. */
export type Withdrawable = Pick<ProcessSummary, "id" | "flow" | "form" | "record">;

/** Whatever shows the process, its record or tasks is asked again. */
function useStale() {
  const queries = useQueryClient();
  return ({ id, form }: Withdrawable) =>
    Promise.all([
      queries.invalidateQueries({ queryKey: keys.process(id) }),
      queries.invalidateQueries({ queryKey: keys.records(form) }),
      queries.invalidateQueries({ queryKey: keys.tasks }),
    ]);
}

/** Asks before a process is ended early, for a reason where its flow wants one. */
export function WithdrawDialog({
  process,
  action,
  onClose,
}: {
  process: Withdrawable;
  action: TaskAction;
  onClose: () => void;
}) {
  const texts = useT();
  const stale = useStale();
  const [reason, setReason] = useState("");
  const withdraw = useMutation({
    mutationFn: () => api.post(`/processes/${process.id}/cancel`, { reason: reason.trim() }),
    onSuccess: async () => {
      toast.show(t("flows.withdrawn", { flow: label(process.flow.label, process.flow.key) }));
      onClose();
      await stale(process);
    },
  });
  const required = action.opinion === "required";
  return (
    <Dialog
      open
      title={texts("flows.withdraw.title", {
        flow: label(process.flow.label, process.flow.key),
        record: process.record.title,
      })}
      onClose={onClose}
      confirm={{
        label: texts("flows.withdraw"),
        run: () => withdraw.mutate(),
        danger: true,
        busy: withdraw.isPending,
        disabled: required && reason.trim() === "",
      }}
    >
      <p>{texts("flows.withdraw.text")}</p>
      {action.opinion !== "none" && (
        <textarea
          className="textarea withdraw-reason"
          rows={3}
          maxLength={1000}
          aria-label={texts(required ? "flows.withdraw.reason.required" : "flows.withdraw.reason")}
          placeholder={texts(required ? "flows.withdraw.reason.required" : "flows.withdraw.reason")}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      {withdraw.isError && (
        <p className="notice bad" role="alert">
          {sentenceOf(withdraw.error)}
        </p>
      )}
    </Dialog>
  );
}

/** Withdraws a process, and lets one that stands with an incident try again; only where the reader may. */
export function ProcessActions({ process }: { process: Process }) {
  const texts = useT();
  const stale = useStale();
  const [asking, setAsking] = useState(false);
  const retry = useMutation({
    mutationFn: () => api.post<Process>(`/processes/${process.id}/retry`),
    onSuccess: async (now) => {
      toast.show(t(now.incident ? "flows.retried.still" : "flows.retried"));
      await stale(process);
    },
    onError: (error) => toast.failed(sentenceOf(error)),
  });
  const withdraw = process.actions.find(({ id }) => id === "withdraw");
  const mayRetry = process.actions.some(({ id }) => id === "retry");
  return (
    <>
      {process.incident && (
        <p className="notice bad process-incident" role="status">
          <span className="grow">{texts(mayRetry ? "flows.incident.mine" : "flows.incident")}</span>
          {mayRetry && (
            <Button size="sm" busy={retry.isPending} onClick={() => retry.mutate()}>
              {texts("flows.retry")}
            </Button>
          )}
        </p>
      )}
      {withdraw && (
        <p className="process-actions">
          <Button size="sm" icon="undo" onClick={() => setAsking(true)}>
            {texts("flows.withdraw")}
          </Button>
        </p>
      )}
      {withdraw && asking && (
        <WithdrawDialog process={process} action={withdraw} onClose={() => setAsking(false)} />
      )}
    </>
  );
}
