import { Link } from "react-router";
import { formatMoment, useT } from "@/i18n";
import { Button, Icon, IconButton, Segmented } from "@/ui";
import { nextRedo, nextUndo, type EditName } from "../model/history";
import type { Design } from "./state";
import { BUILDER_PATH } from "./paths";
import type { DraftStatus } from "./useDraft";

export type Device = "desktop" | "tablet" | "phone";

interface Props {
  name: string;
  /** Version the draft stands on; undefined for a form that was never published. */
  version: number | undefined;
  isDraft: boolean;
  keeper: DraftStatus;
  design: Design;
  device: Device;
  onDevice: (device: Device) => void;
  preview: boolean;
  onPreview: () => void;
  onProblems: () => void;
  onPublish: () => void;
}

/** Breadcrumb · draft state · saved time … undo · device · preview · problems · publish: the same on every canvas. */
export function TopBar(props: Props) {
  const t = useT();
  const errors = props.keeper.problems.filter(
    ({ severity }) => severity !== "warning" && severity !== "info",
  ).length;
  const count = props.keeper.problems.length;
  return (
    <header className="topbar">
      <nav className="crumb" aria-label={t("designer.where")}>
        <Link to={BUILDER_PATH}>{t("designer.forms")}</Link>
        <span className="sep" aria-hidden>
          /
        </span>
        <b>{props.name}</b>
      </nav>
      <DraftState {...props} />
      <span className="push" />
      <UndoButtons design={props.design} />
      <span className="vr" />
      <Segmented
        className="ico"
        label={t("designer.device")}
        items={(["desktop", "tablet", "phone"] as const).map((key) => ({
          key,
          label: <Icon name={key} title={t(`designer.device.${key}`)} />,
        }))}
        value={props.device}
        onChange={props.onDevice}
      />
      <Button icon={props.preview ? "edit" : "play"} aria-pressed={props.preview} onClick={props.onPreview}>
        {t(props.preview ? "designer.back-to-design" : "designer.preview")}
      </Button>
      <Button icon={count > 0 ? "warn" : "ok"} onClick={props.onProblems} className="problems-button">
        {t("designer.problems")}
        {count > 0 && <span className={errors > 0 ? "n bad" : "n warn"}>{count}</span>}
      </Button>
      <Button look="pri" onClick={props.onPublish}>
        {t("designer.publish")}
      </Button>
    </header>
  );
}

interface DraftStateProps {
  version: number | undefined;
  isDraft: boolean;
  keeper: DraftStatus;
}

/** What the draft stands on, and whether the server has it. */
export function DraftState({ version, isDraft, keeper }: DraftStateProps) {
  const t = useT();
  const state = isDraft
    ? t(version ? "designer.draft-on" : "designer.draft-new", { version: version ?? 0 })
    : t("designer.version", { version: version ?? 0 });
  const time = keeper.savedAt ? formatMoment(keeper.savedAt.toISOString()) : "";
  return (
    <>
      <span className="tagt">{state}</span>
      <span className="saved" role="status">
        {keeper.save === "saved" && isDraft && (
          <>
            <Icon name="check" size="s" className="green" />
            {t("designer.saved", { time })}
          </>
        )}
        {(keeper.save === "waiting" || keeper.save === "saving") && t("designer.saving")}
        {keeper.save === "failed" && <SaveFailed keeper={keeper} />}
        {keeper.save === "conflict" && <span className="late">{t("designer.conflict.short")}</span>}
      </span>
    </>
  );
}

function SaveFailed({ keeper }: { keeper: DraftStatus }) {
  const t = useT();
  return (
    <span className="late" title={keeper.reason}>
      {t("designer.save-failed")}{" "}
      <Button look="link" size="xs" onClick={() => void keeper.flush()}>
        {t("ui.retry")}
      </Button>
    </span>
  );
}

function UndoButtons({ design }: { design: Design }) {
  const t = useT();
  const named = (action: string, name: EditName | undefined) =>
    name ? t("designer.history", { action, edit: t(name.key, { subject: name.subject ?? "" }) }) : action;
  const before = nextUndo(design.history);
  const after = nextRedo(design.history);
  return (
    <div className="row g4">
      <IconButton
        icon="undo"
        label={t("designer.undo")}
        title={`${named(t("designer.undo"), before)} (Ctrl+Z)`}
        disabled={!before}
        onClick={design.undo}
      />
      <IconButton
        icon="redo"
        label={t("designer.redo")}
        title={`${named(t("designer.redo"), after)} (Ctrl+Y)`}
        disabled={!after}
        onClick={design.redo}
      />
    </div>
  );
}
