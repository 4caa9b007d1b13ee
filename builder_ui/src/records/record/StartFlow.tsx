import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import {
  api,
  keys,
  sentenceOf,
  type FlowPreview,
  type FormRender,
  type Process,
  type RecordView,
  type Startable,
} from "@/api";
import { Outlook, statusText } from "@/flows";
import { label, t, useT } from "@/i18n";
import { Button, Dialog, Menu, Skeleton, toast } from "@/ui";
import { useProcesses } from "./useProcesses";

type Flow = Startable["flow"];

function useStart(form: FormRender, record: RecordView, onStarted: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (flow: Flow) =>
      api.post<Process>("/processes", { flow: flow.key, record: record.id, command_id: crypto.randomUUID() }),
    onSuccess: async (_, flow) => {
      onStarted();
      toast.show(t("records.started", { flow: label(flow.label, flow.key) }));
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.records(form.key) }),
        queries.invalidateQueries({ queryKey: keys.tasks }),
      ]);
    },
  });
}

/** Who would be asked, in order and why, and what stands in the way. */
function Expected({ preview }: { preview: FlowPreview }) {
  const texts = useT();
  if (preview.refused) {
    return (
      <p className="notice bad">
        {preview.refused.message} {preview.refused.hint}
      </p>
    );
  }
  if (preview.stops.length === 0) return <p>{texts("flows.outlook.nobody")}</p>;
  return (
    <>
      <p className="ink2">{texts("flows.outlook.title")}</p>
      <ol className="steps start-steps">
        <Outlook stops={preview.stops} />
      </ol>
      {preview.outcome && (
        <p className="ink2">{texts("flows.outlook.outcome", { outcome: statusText(preview.outcome) })}</p>
      )}
    </>
  );
}

interface DialogProps {
  form: FormRender;
  record: RecordView;
  flow: Flow;
  onClose: () => void;
}

/** The last look before a flow starts: the people it will ask. */
function StartDialog({ form, record, flow, onClose }: DialogProps) {
  const texts = useT();
  const start = useStart(form, record, onClose);
  const preview = useQuery({
    queryKey: [...keys.record(form.key, record.id), "preview", flow.key, record.rev],
    queryFn: ({ signal }) =>
      api.get<FlowPreview>("/processes/preview", { flow: flow.key, record: record.id }, signal),
    staleTime: 0,
  });
  const name = texts("records.start", { flow: label(flow.label, flow.key) });
  return (
    <Dialog
      open
      title={name}
      onClose={onClose}
      confirm={{
        label: texts("records.start.confirm"),
        run: () => start.mutate(flow),
        busy: start.isPending,
        disabled: !preview.data || preview.data.refused !== null,
      }}
    >
      {preview.isError && <p className="notice bad">{sentenceOf(preview.error)}</p>}
      {preview.isPending && <Skeleton rows={3} />}
      {preview.data && <Expected preview={preview.data} />}
      {start.isError && (
        <p className="notice bad" role="alert">
          {sentenceOf(start.error)}
        </p>
      )}
    </Dialog>
  );
}

/** Starts a flow by hand: one button for one flow, a menu for several; refused ones are disabled and say why. */
export function StartFlow({ form, record }: { form: FormRender; record: RecordView }) {
  const texts = useT();
  const id = useId();
  const [chosen, setChosen] = useState<Flow | null>(null);
  const { data } = useProcesses(form.key, record.id);
  const flows = (data?.flows ?? []).filter(({ refused }) => refused?.code !== "process.already-running");
  const open = flows.filter(({ refused }) => refused === null);
  const text = (flow: Flow) => texts("records.start", { flow: label(flow.label, flow.key) });
  const [only] = flows;
  if (!only) return null;
  const reason = flows.map(({ refused }) => refused?.message ?? "").join(" ");
  return (
    <>
      {flows.length > 1 && open.length > 0 ? (
        <Menu
          label={texts("records.tab.flows")}
          items={open.map(({ flow }) => ({ key: flow.key, label: text(flow), run: () => setChosen(flow) }))}
          trigger={<Button icon="flow">{texts("records.tab.flows")}</Button>}
        />
      ) : (
        <>
          <Button
            icon="flow"
            disabled={open.length === 0}
            title={reason}
            aria-describedby={open.length === 0 ? id : undefined}
            onClick={() => setChosen(only.flow)}
          >
            {flows.length > 1 ? texts("records.tab.flows") : text(only.flow)}
          </Button>
          {open.length === 0 && (
            <span id={id} className="sr">
              {reason}
            </span>
          )}
        </>
      )}
      {chosen && <StartDialog form={form} record={record} flow={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
