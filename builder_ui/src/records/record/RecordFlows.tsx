import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  api,
  keys,
  sentenceOf,
  type FormRender,
  type Process,
  type ProcessSummary,
  type RecordView,
} from "@/api";
import { ProcessById } from "@/flows";
import { label, t, useT } from "@/i18n";
import { Button, Empty, Menu, Skeleton, toast } from "@/ui";

function useProcesses(form: string, id: number) {
  return useQuery({
    queryKey: keys.recordProcesses(form, id),
    queryFn: ({ signal }) =>
      api.get<{ items: ProcessSummary[] }>(`/forms/${form}/records/${id}/processes`, undefined, signal),
  });
}

/** Every process of the record, the newest open. */
export function RecordFlows({ form, record }: { form: FormRender; record: RecordView }) {
  const texts = useT();
  const { data, error } = useProcesses(form.key, record.id);
  if (error) return <p className="notice bad">{sentenceOf(error)}</p>;
  if (!data) return <Skeleton rows={4} />;
  if (data.items.length === 0) return <Empty title={texts("records.flows.none")} />;
  return (
    <div className="record-flows">
      {data.items.map((process) => (
        <ProcessById key={process.id} id={process.id} />
      ))}
    </div>
  );
}

function useStart(form: FormRender, record: RecordView) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (flow: FormRender["flows"][number]) =>
      api.post<Process>("/processes", { flow: flow.key, record: record.id, command_id: crypto.randomUUID() }),
    onSuccess: async (_, flow) => {
      toast.show(t("records.started", { flow: label(flow.label, flow.key) }));
      await Promise.all([
        queries.invalidateQueries({ queryKey: keys.records(form.key) }),
        queries.invalidateQueries({ queryKey: keys.tasks }),
      ]);
    },
    onError: (error) => toast.failed(sentenceOf(error)),
  });
}

/** Starts a flow by hand: one button for one flow, a menu for several. */
export function StartFlow({ form, record }: { form: FormRender; record: RecordView }) {
  const texts = useT();
  const start = useStart(form, record);
  const flows = form.flows.filter((flow) => flow.start === "manual");
  const [first] = flows;
  const text = (flow: (typeof flows)[number]) =>
    texts("records.start", { flow: label(flow.label, flow.key) });
  if (!first || record.values["flow_status"] === "running") return null;
  if (flows.length === 1) {
    return (
      <Button icon="flow" busy={start.isPending} onClick={() => start.mutate(first)}>
        {text(first)}
      </Button>
    );
  }
  return (
    <Menu
      label={texts("records.tab.flows")}
      items={flows.map((flow) => ({ key: flow.key, label: text(flow), run: () => start.mutate(flow) }))}
      trigger={
        <Button icon="flow" busy={start.isPending}>
          {texts("records.tab.flows")}
        </Button>
      }
    />
  );
}
