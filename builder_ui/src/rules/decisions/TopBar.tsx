import { Link } from "react-router";
import type { Draft } from "@/api";
import { DiscardDraft, DraftState, type DraftStatus } from "@/forms";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui";
import { isError } from "./model/marks";
import type { DecisionEvent, DecisionState } from "./model/state";

interface Props {
  draft: Draft;
  state: DecisionState;
  keeper: DraftStatus;
  tell: (event: DecisionEvent) => void;
  onProblems: () => void;
  onPublish: () => void;
}

/** Breadcrumb · draft state · saved time … undo · file · problems · discard · publish. */
export function TopBar({ draft, state, keeper, tell, onProblems, onPublish }: Props) {
  const t = useT();
  const hasDraft = draft.rev > 0 || keeper.savedAt !== undefined;
  const isOpen = state.question?.why === "edited" || state.trouble !== null;
  const errors = state.problems.filter(isError).length;
  return (
    <header className="topbar">
      <nav className="crumb" aria-label={t("designer.where")}>
        <Link to="/builder">{t("definitions.kind.decision")}</Link>
        <span className="sep" aria-hidden>
          /
        </span>
        <Title state={state} tell={tell} fallback={draft.key} />
      </nav>
      <DraftState version={draft.published_version ?? undefined} isDraft={hasDraft} keeper={keeper} />
      <Chooser state={state} tell={tell} />
      <span className="push" />
      <IconButton
        icon="undo"
        label={t("designer.undo")}
        disabled={state.undo.length === 0}
        onClick={() => tell({ type: "undone" })}
      />
      <IconButton
        icon="redo"
        label={t("designer.redo")}
        disabled={state.redo.length === 0}
        onClick={() => tell({ type: "redone" })}
      />
      <Button icon="download" className="file" onClick={() => save(`${draft.key}.dmn`, state.kept)}>
        DMN
      </Button>
      <Button
        icon={state.problems.length > 0 ? "warn" : "ok"}
        aria-busy={state.question !== null}
        onClick={onProblems}
      >
        {t("designer.problems")}
        {state.problems.length > 0 && (
          <span className={errors > 0 ? "n bad" : "n warn"}>{state.problems.length}</span>
        )}
      </Button>
      {hasDraft && <DiscardDraft draft={draft} />}
      <Button look="pri" disabled={isOpen} onClick={onPublish}>
        {t("definitions.publish")}
      </Button>
    </header>
  );
}

/** The name of the decision, changed where it stands. */
function Title({ state, tell, fallback }: Pick<Props, "state" | "tell"> & { fallback: string }) {
  const t = useT();
  const { sheet, decisions, decision } = state;
  if (!sheet) {
    const shown = decisions.find((one) => one.id === decision);
    return <b className="ell">{shown?.label ?? fallback}</b>;
  }
  return (
    <input
      key={sheet.label}
      className="title"
      aria-label={t("decisions.name")}
      defaultValue={sheet.label}
      maxLength={200}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
      onBlur={(event) => {
        const label = event.currentTarget.value.trim();
        if (label !== "" && label !== sheet.label) tell({ type: "edited", sheet: { ...sheet, label } });
      }}
    />
  );
}

/** The decisions of a file that holds more than one. */
function Chooser({ state, tell }: Pick<Props, "state" | "tell">) {
  const t = useT();
  if (state.decisions.length < 2) return null;
  return (
    <select
      className="input sm soft chooser"
      aria-label={t("decisions.choose")}
      value={state.wanted ?? state.decision}
      onChange={(event) => tell({ type: "chosen", decision: event.target.value })}
    >
      {state.decisions.map((one) => (
        <option key={one.id} value={one.id}>
          {one.logic === "DecisionTable"
            ? one.label
            : `${one.label} · ${t(`decisions.logic.${one.logic || "none"}`)}`}
        </option>
      ))}
    </select>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/xml" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
