import type { FormRender, RecordView } from "@/api";
import { formatMoment, label, useT } from "@/i18n";
import { Icon } from "@/ui";
import { heldFields } from "../model/holds";
import { useProcesses } from "./useProcesses";

/** Which running flow keeps which fields from being changed, and since when. */
export function Holds({ form, record }: { form: FormRender; record: RecordView }) {
  const t = useT();
  const { data } = useProcesses(form.key, record.id);
  return (record.held_by ?? []).map((held) => {
    const process = data?.items.find(({ id }) => id === held.process);
    const flow = label(held.flow.label, held.flow.key);
    const fields = heldFields(form, held).map((field) => label(field.label, field.key));
    return (
      <p key={held.process} className="notice record-held" role="status">
        <Icon name="lock" />
        <span>
          {held.fields === null
            ? t("records.held.all", { flow })
            : t("records.held.fields", { flow, fields: fields.join(t("flows.log.and")) })}
          {process && (
            <span className="ink2">
              {" "}
              {t("records.held.since", {
                name: process.initiator.name,
                at: formatMoment(process.started_at),
              })}
            </span>
          )}
        </span>
      </p>
    );
  });
}
