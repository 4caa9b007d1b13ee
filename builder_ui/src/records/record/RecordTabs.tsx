import { Suspense } from "react";
import { useMe, type FormRender, type RecordView } from "@/api";
import { FormView } from "@/forms";
import { useT } from "@/i18n";
import { RecordRuns } from "@/rules";
import { Skeleton, Tabs } from "@/ui";
import { EditRecord } from "./EditRecord";
import { History } from "./History";
import { Holds } from "./Holds";
import { RecordFlows } from "./RecordFlows";
import "./record.css";

export type RecordTab = "overview" | "history" | "flows" | "automation";

interface Props {
  form: FormRender;
  record: RecordView;
  tab: RecordTab;
  onTab: (tab: RecordTab) => void;
  editing: boolean;
  onEdited: () => void;
}

/**
 * Below a record's head: its fields, its changes, its flows, and for who may edit it what rules did to it. While
 * editing there are only the fields.
 */
export function RecordTabs({ form, record, tab, onTab, editing, onEdited }: Props) {
  const t = useT();
  const me = useMe();
  const automated = me.rights.builder === true || (record.actions ?? form.actions).includes("edit");
  if (editing) {
    return (
      <div className="record-sheet">
        <EditRecord form={form} record={record} onDone={onEdited} />
      </div>
    );
  }
  return (
    <>
      <Tabs
        className="views"
        label={record.title}
        value={tab}
        onChange={onTab}
        items={[
          { key: "overview", label: t("records.tab.overview") },
          { key: "history", label: t("records.tab.history") },
          { key: "flows", label: t("records.tab.flows") },
          ...(automated ? [{ key: "automation" as const, label: t("records.tab.automation") }] : []),
        ]}
      />
      <div className="record-sheet" role="tabpanel">
        {tab === "overview" && (
          <>
            <Holds form={form} record={record} />
            <FormView key={`${record.id}.${record.rev}`} form={form} mode="view" record={record} />
          </>
        )}
        {tab === "history" && <History form={form} id={record.id} />}
        {tab === "flows" && <RecordFlows form={form} record={record} />}
        {tab === "automation" && automated && (
          <Suspense fallback={<Skeleton rows={5} />}>
            <RecordRuns form={form.key} record={record.id} />
          </Suspense>
        )}
      </div>
    </>
  );
}
