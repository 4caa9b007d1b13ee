import { Link } from "react-router";
import type { Draft } from "@/api";
import { DiscardDraft, DraftState, type DraftStatus } from "@/forms";
import { useT } from "@/i18n";
import { Button, Icon, IconButton, Tabs } from "@/ui";
import type { RuleEvent, RuleState } from "./model/state";
import { useShownName } from "./useShownName";

interface Props {
  draft: Draft;
  state: RuleState;
  keeper: DraftStatus;
  tell: (event: RuleEvent) => void;
  onPublish: () => void;
  page: RulePage;
  onPage: (page: RulePage) => void;
}

export type RulePage = "edit" | "runs";

/** Breadcrumb · draft state · saved time · pages … undo · problems · discard · publish. */
export function TopBar({ draft, state, keeper, tell, onPublish, page, onPage }: Props) {
  const t = useT();
  const written = state.tree?.type === "Rule" ? state.tree.label : (state.tree?.field ?? draft.key);
  const name = useShownName(draft.key, written);
  const hasDraft = draft.rev > 0 || keeper.savedAt !== undefined;
  const isOpen = state.question !== null || (state.trouble !== null && state.kept !== state.shown);
  return (
    <header className="topbar">
      <nav className="crumb" aria-label={t("designer.where")}>
        <Link to="/builder">{t("definitions.kind.rule")}</Link>
        <span className="sep" aria-hidden>
          /
        </span>
        <b className="ell">{name}</b>
      </nav>
      <DraftState version={draft.published_version ?? undefined} isDraft={hasDraft} keeper={keeper} />
      <Tabs
        className="sm"
        label={t("automations.pages")}
        items={(["edit", "runs"] as const).map((key) => ({ key, label: t(`automations.page.${key}`) }))}
        value={page}
        onChange={onPage}
      />
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
      <ProblemCount state={state} />
      {hasDraft && <DiscardDraft draft={draft} />}
      <Button look="pri" disabled={isOpen} onClick={onPublish}>
        {t("definitions.publish")}
      </Button>
    </header>
  );
}

function ProblemCount({ state: { problems, question } }: { state: RuleState }) {
  const t = useT();
  const errors = problems.filter(({ severity }) => severity !== "warning" && severity !== "info").length;
  return (
    <span className="tagt problem-count" aria-busy={question !== null}>
      <Icon name={problems.length > 0 ? "warn" : "ok"} size="s" />
      {problems.length === 0
        ? t("automations.no-problems")
        : t("automations.problems", { count: problems.length })}
      {errors > 0 && <span className="n bad">{errors}</span>}
    </span>
  );
}
