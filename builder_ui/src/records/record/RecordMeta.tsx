import { isEmpty, type FormRender, type RecordView } from "@/api";
import { formatMoment, label, useT } from "@/i18n";
import { isTelling } from "../model/display";
import { Cell } from "../list/Cell";

/** Under the title: number and status of the record, whose it is, when it changed. */
export function RecordMeta({ form, record }: { form: FormRender; record: RecordView }) {
  const t = useT();
  const fields = [
    ...Object.values(form.fields)
      .filter((field) => field.type === "auto_number" || field.type === "select")
      .slice(0, 3),
    ...["owner"].flatMap((key) => form.system[key] ?? []),
  ].filter((field) => isTelling(field, record));
  const flow = form.system["flow_status"];
  const updated = record.values["updated_at"];
  return (
    <p className="record-meta">
      {fields.map((field) => (
        <span key={field.key} title={label(field.label, field.key)}>
          <Cell field={field} values={record.values} />
        </span>
      ))}
      {flow && !isEmpty(record.values[flow.key]) && (
        <span className="row g4">
          <span className="ink2">{label(flow.label, flow.key)}</span>
          <Cell field={flow} values={record.values} />
        </span>
      )}
      {typeof updated === "string" && (
        <span className="ink2">{t("records.updated", { at: formatMoment(updated) })}</span>
      )}
    </p>
  );
}
