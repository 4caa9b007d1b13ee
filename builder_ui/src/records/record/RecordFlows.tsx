import { sentenceOf, type FormRender, type RecordView } from "@/api";
import { ProcessById } from "@/flows";
import { useT } from "@/i18n";
import { Empty, Skeleton } from "@/ui";
import { useProcesses } from "./useProcesses";

/** Every process of the record, the newest open. */
export function RecordFlows({ form, record }: { form: FormRender; record: RecordView }) {
  const texts = useT();
  const { data, error } = useProcesses(form.key, record.id);
  if (error) return <p className="notice bad">{sentenceOf(error)}</p>;
  if (!data) return <Skeleton rows={4} />;
  const refused = data.flows.flatMap(({ flow, refused: why }) =>
    why && why.code !== "process.already-running" ? [{ key: flow.key, ...why }] : [],
  );
  return (
    <div className="record-flows">
      {refused.map(({ key, message, hint }) => (
        <p key={key} className="notice">
          {message} {hint}
        </p>
      ))}
      {data.items.length === 0 && <Empty title={texts("records.flows.none")} />}
      {data.items.map((process) => (
        <ProcessById key={process.id} id={process.id} />
      ))}
    </div>
  );
}
