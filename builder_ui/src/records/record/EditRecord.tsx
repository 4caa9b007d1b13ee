import { useMemo, useRef } from "react";
import { ApiProblem, useMe, type FormRender, type RecordView } from "@/api";
import { FormView, type FormHandle } from "@/forms";
import { label, t, useT } from "@/i18n";
import { toast } from "@/ui";
import { heldForm } from "../model/holds";
import { ConflictDialog } from "./ConflictDialog";
import { useDraft } from "./draft";
import { DraftNotice } from "./DraftNotice";
import { Holds } from "./Holds";
import { LeaveGuard } from "./LeaveGuard";
import { savedText, useSave } from "./useSave";

interface Props {
  form: FormRender;
  record: RecordView;
  onDone: () => void;
}

/** A record being edited: draft, conflict and refusal are dealt with here; `onDone` leaves the edit mode. */
export function EditRecord({ form, record, onDone }: Props) {
  const texts = useT();
  const me = useMe();
  const handle = useRef<FormHandle>(null);
  const draft = useDraft(me.user.id, form.key, record.id, record);
  const saving = useSave(form, record.id, draft.seen, (saved) => {
    draft.discard();
    toast.show(savedText(t("records.saved"), saved));
    onDone();
  });
  const open = useMemo(
    () =>
      heldForm(form, record, ({ flow }) => t("records.held.field", { flow: label(flow.label, flow.key) })),
    [form, record],
  );
  const resolve = async (givenUp: ReadonlySet<string>) => {
    try {
      await saving.resolve(givenUp);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      handle.current?.refuse(error);
    }
  };
  return (
    <>
      <Holds form={form} record={record} />
      <DraftNotice draft={draft} />
      <FormView
        key={draft.values ? "restored" : "fresh"}
        ref={handle}
        form={open}
        mode="edit"
        record={record}
        {...(draft.values ? { draft: draft.values } : {})}
        onValues={draft.keep}
        submitLabel={texts("records.save")}
        onSubmit={saving.save}
        onCancel={() => {
          draft.discard();
          onDone();
        }}
      />
      <LeaveGuard isDirty={() => handle.current?.isDirty() ?? false} />
      {saving.clash && (
        <ConflictDialog
          form={form}
          clash={saving.clash}
          busy={saving.busy}
          onResolve={(givenUp) => void resolve(givenUp)}
          onClose={saving.dismiss}
        />
      )}
    </>
  );
}
