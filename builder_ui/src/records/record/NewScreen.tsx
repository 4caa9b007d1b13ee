import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { keys, request, useForm, useMe, type FormRender, type RecordView, type Values } from "@/api";
import { FormView, type FormHandle } from "@/forms";
import { label, t, useT } from "@/i18n";
import { Empty, Icon, Page, Skeleton, toast } from "@/ui";
import { useDraft } from "./draft";
import { DraftNotice } from "./DraftNotice";
import { LeaveGuard } from "./LeaveGuard";
import { savedText, useIdempotencyKey } from "./useSave";
import "./record.css";

function NewRecord({ form }: { form: FormRender }) {
  const texts = useT();
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const handle = useRef<FormHandle>(null);
  const saved = useRef(false);
  const idempotencyKey = useIdempotencyKey();
  const draft = useDraft(me.user.id, form.key, "new");
  const create = async (values: Values) => {
    const record = await request<RecordView>("POST", `/forms/${form.key}/records`, {
      body: { values },
      idempotencyKey: idempotencyKey(values),
    });
    saved.current = true;
    draft.discard();
    toast.show(savedText(t("records.created", { title: record.title }), record));
    await queries.invalidateQueries({ queryKey: keys.records(form.key) });
    await navigate(`/forms/${form.key}/${record.id}`, { replace: true });
  };
  return (
    <div className="record-sheet">
      <DraftNotice draft={draft} />
      <FormView
        key={draft.values ? "restored" : "fresh"}
        ref={handle}
        form={form}
        mode="create"
        {...(draft.values ? { draft: draft.values } : {})}
        onValues={draft.keep}
        submitLabel={texts("records.save")}
        onSubmit={create}
        onCancel={() => {
          saved.current = true;
          draft.discard();
          void navigate(`/forms/${form.key}`);
        }}
      />
      <LeaveGuard isDirty={() => !saved.current && (handle.current?.isDirty() ?? false)} />
    </div>
  );
}

/** A new record of a form. */
export function Component() {
  const { form: key = "" } = useParams();
  const texts = useT();
  const form = useForm(key);
  if (form.isError) throw form.error;
  const name = label(form.data?.label, key);
  return (
    <Page
      title={texts("records.create", { form: name })}
      lead={
        <Link className="btn quiet ico" to={`/forms/${key}`} aria-label={texts("records.back")}>
          <Icon name="left" />
        </Link>
      }
    >
      {!form.data && <Skeleton rows={8} />}
      {form.data?.actions.includes("create") && <NewRecord key={key} form={form.data} />}
      {form.data && !form.data.actions.includes("create") && (
        <Empty title={texts("records.noCreate", { form: name })} />
      )}
    </Page>
  );
}
