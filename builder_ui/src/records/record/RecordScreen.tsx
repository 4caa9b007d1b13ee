import { useEffect, useState } from "react";
import { Link, useLocation, useNavigate, useParams, useSearchParams } from "react-router";
import { ApiProblem, sentenceOf, useForm, useMe, type FormRender, type RecordView } from "@/api";
import { label, useT } from "@/i18n";
import { Icon, iconName, IconButton, Menu, Skeleton, toast, useShortcut, useViewport } from "@/ui";
import { isWhollyHeld } from "../model/holds";
import { forgetRecord, rememberRecord } from "../recents";
import { EditButton } from "./EditButton";
import { RecordMeta } from "./RecordMeta";
import { RecordTabs, type RecordTab } from "./RecordTabs";
import { StartFlow } from "./StartFlow";
import { useDelete, useRecord } from "./useRecord";

const TABS: readonly RecordTab[] = ["overview", "history", "flows", "automation"];

/** The ids of the list that led here, for stepping to the next record. */
function useNeighbours(form: string, id: number) {
  const navigate = useNavigate();
  const location = useLocation();
  const state = location.state as { ids?: number[] } | null;
  const ids = state?.ids ?? [];
  const at = ids.indexOf(id);
  const step = (by: number) => {
    const next = at < 0 ? undefined : ids[at + by];
    if (next !== undefined) void navigate(`/forms/${form}/${next}`, { state, replace: true });
  };
  return { at, of: ids.length, step };
}

function Position({ form, id, enabled }: { form: string; id: number; enabled: boolean }) {
  const t = useT();
  const { at, of, step } = useNeighbours(form, id);
  useShortcut("j", () => step(1), enabled);
  useShortcut("k", () => step(-1), enabled);
  if (at < 0) return null;
  return (
    <span className="push row g4 ink2">
      {t("records.position", { at: at + 1, of })}
      <IconButton
        icon="up"
        size="sm"
        disabled={at === 0}
        label={`${t("records.previous")} K`}
        onClick={() => step(-1)}
      />
      <IconButton
        icon="down"
        size="sm"
        disabled={at === of - 1}
        label={`${t("records.next")} J`}
        onClick={() => step(1)}
      />
    </span>
  );
}

function Actions({ form, record, onEdit }: { form: FormRender; record: RecordView; onEdit: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const remove = useDelete(form.key);
  const actions = record.actions ?? form.actions;
  useShortcut("e", onEdit, actions.includes("edit") && !isWhollyHeld(record));
  const drop = () =>
    remove.mutate(record, {
      onSuccess: () => void navigate(`/forms/${form.key}`),
      onError: (error) => toast.failed(sentenceOf(error)),
    });
  return (
    <div className="row record-actions">
      <StartFlow form={form} record={record} />
      {actions.includes("edit") && <EditButton record={record} onEdit={onEdit} />}
      {actions.includes("delete") && (
        <Menu
          label={t("records.more.actions")}
          trigger={<IconButton icon="more" label={t("records.more.actions")} />}
          items={[{ key: "delete", icon: "trash", label: t("records.delete"), danger: true, run: drop }]}
        />
      )}
    </div>
  );
}

function Screen({ form, record }: { form: FormRender; record: RecordView }) {
  const t = useT();
  const me = useMe();
  const phone = useViewport() === "phone";
  const [params, setParams] = useSearchParams();
  const [editing, setEditing] = useState(false);
  const tab = TABS.find((name) => name === params.get("tab")) ?? "overview";
  useEffect(() => {
    rememberRecord(me.user.id, {
      form: form.key,
      id: record.id,
      title: record.title,
      at: new Date().toISOString(),
    });
  }, [me.user.id, form.key, record.id, record.title]);
  const actions = <Actions form={form} record={record} onEdit={() => setEditing(true)} />;
  return (
    <main className="page record" id="main" tabIndex={-1}>
      <div className="record-crumb">
        <Link to={`/forms/${form.key}`} className="row">
          {phone && <Icon name="left" />}
          {label(form.label, form.key)}
        </Link>
        <Position form={form.key} id={record.id} enabled={!editing} />
      </div>
      <header className="record-head">
        <span className="record-icon">
          <Icon name={iconName(form.icon)} size="l" />
        </span>
        <div className="grow">
          <h1>{record.title || t("records.untitled")}</h1>
          <RecordMeta form={form} record={record} />
        </div>
        {!editing && !phone && actions}
      </header>
      <RecordTabs
        form={form}
        record={record}
        tab={tab}
        onTab={(next) => setParams({ tab: next }, { replace: true })}
        editing={editing}
        onEdited={() => setEditing(false)}
      />
      {!editing && phone && <footer className="mbar">{actions}</footer>}
    </main>
  );
}

/** One record on its own page. */
export function Component() {
  const { form: key = "", id = "" } = useParams();
  const me = useMe();
  const form = useForm(key);
  const record = useRecord(key, Number(id));
  if (record.isError) {
    if (record.error instanceof ApiProblem && record.error.status === 404)
      forgetRecord(me.user.id, key, Number(id));
    throw record.error;
  }
  if (form.isError) throw form.error;
  if (!form.data || !record.data) return <Skeleton rows={8} />;
  return <Screen key={record.data.id} form={form.data} record={record.data} />;
}
