import type { FormRender, RecordView } from "@/api";
import { FormView } from "@/forms";
import { useT } from "@/i18n";
import { Tabs } from "@/ui";
import { EditRecord } from "./EditRecord";
import { History } from "./History";
import { Holds } from "./Holds";
import { RecordFlows } from "./RecordFlows";
import "./record.css";

export type RecordTab = "overview" | "history" | "flows";

interface Props {
  form: FormRender;
  record: RecordView;
  tab: RecordTab;
  onTab: (tab: RecordTab) => void;
  editing: boolean;
  onEdited: () => void;
}

/** Below a record's head: its fields, its changes, its flows. While editing there are only the fields. */
export function RecordTabs({ form, record, tab, onTab, editing, onEdited }: Props) {
  const t = useT();
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
      </div>
    </>
  );
}
