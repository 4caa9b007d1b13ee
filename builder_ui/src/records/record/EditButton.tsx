import type { RecordView } from "@/api";
import { label, useT } from "@/i18n";
import { Button } from "@/ui";
import { isWhollyHeld } from "../model/holds";

/** Opens the record to be changed; disabled with the reason while a flow holds all of it. */
export function EditButton({ record, onEdit }: { record: RecordView; onEdit: () => void }) {
  const t = useT();
  const held = record.held_by?.find(({ fields }) => fields === null);
  const reason = held && t("records.held.all", { flow: label(held.flow.label, held.flow.key) });
  return (
    <Button
      look="pri"
      icon="edit"
      shortcut="E"
      disabled={isWhollyHeld(record)}
      title={reason}
      onClick={onEdit}
    >
      {t("records.edit")}
    </Button>
  );
}
