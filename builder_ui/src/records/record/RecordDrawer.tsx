import { Drawer } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { sentenceOf, type FormRender } from "@/api";
import { useT } from "@/i18n";
import { Icon, IconButton, Skeleton, useShortcut } from "@/ui";
import { EditButton } from "./EditButton";
import { RecordMeta } from "./RecordMeta";
import { RecordTabs, type RecordTab } from "./RecordTabs";
import { useRecord } from "./useRecord";

interface Props {
  form: FormRender;
  id: number;
  /** Records of the list, in its order. */
  ids: readonly number[];
  onMove: (id: number) => void;
  onClose: () => void;
}

const WIDTH = 560;

/** A record beside its list: the list stays usable, J and K step through it. */
export default function RecordDrawer({ form, id, ids, onMove, onClose }: Props) {
  const t = useT();
  const record = useRecord(form.key, id);
  const [tab, setTab] = useState<RecordTab>("overview");
  const [editing, setEditing] = useState(false);
  const at = ids.indexOf(id);
  const step = (by: number) => {
    const next = ids[at + by];
    if (next !== undefined && !editing) onMove(next);
  };
  useShortcut("j", () => step(1));
  useShortcut("k", () => step(-1));
  useShortcut("Escape", onClose, !editing);
  const may = (record.data?.actions ?? form.actions).includes("edit");
  return (
    <Drawer
      open
      mask={false}
      size={WIDTH}
      closable={false}
      onClose={onClose}
      keyboard={false}
      autoFocus={false}
      aria-modal={false}
      aria-label={record.data?.title ?? t("records.open")}
      styles={{ body: { padding: 0 } }}
    >
      <div className="record drawer-record">
        <div className="record-crumb">
          <span className="ink2">{t("records.position", { at: at + 1, of: ids.length })}</span>
          <IconButton
            icon="up"
            size="sm"
            disabled={at <= 0}
            label={`${t("records.previous")} K`}
            onClick={() => step(-1)}
          />
          <IconButton
            icon="down"
            size="sm"
            disabled={at >= ids.length - 1}
            label={`${t("records.next")} J`}
            onClick={() => step(1)}
          />
          <span className="push row g4">
            <Link className="btn quiet sm" to={`/forms/${form.key}/${id}`} state={{ ids }}>
              <Icon name="external" />
              {t("records.open")}
            </Link>
            <IconButton icon="close" size="sm" label={t("ui.close")} onClick={onClose} />
          </span>
        </div>
        {record.isError && <p className="notice bad">{sentenceOf(record.error)}</p>}
        {!record.data && !record.isError && <Skeleton rows={6} />}
        {record.data && (
          <>
            <header className="record-head">
              <div className="grow">
                <h1>{record.data.title || t("records.untitled")}</h1>
                <RecordMeta form={form} record={record.data} />
              </div>
              {may && !editing && <EditButton record={record.data} onEdit={() => setEditing(true)} />}
            </header>
            <RecordTabs
              key={id}
              form={form}
              record={record.data}
              tab={tab}
              onTab={setTab}
              editing={editing}
              onEdited={() => setEditing(false)}
            />
          </>
        )}
      </div>
    </Drawer>
  );
}
