import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Draft } from "@/api";
import { ConflictDialog, DraftRoute, useDraftKeeper } from "@/forms";
import { useT } from "@/i18n";
import { Skeleton, Tabs, useMedia } from "@/ui";
import { DryRun, RuleRuns } from "../runs";
import { RuleList } from "./RuleList";
import { Structure } from "./Structure";
import { TopBar, type RulePage } from "./TopBar";
import type { RuleState } from "./model/state";
import { textOf, useRuleEditor } from "./useRuleEditor";
import { AroundProvider, useWorld, type Around } from "./world";
import "./automations.css";

const TextPane = lazy(() => import("./TextPane"));

/** Route component: a rule as cards and as text, side by side. */
export function Component() {
  return (
    <DraftRoute kind="rule" icon="rule">
      {(draft, opened) => <Opened key={opened} draft={draft} />}
    </DraftRoute>
  );
}

type Pane = "structure" | "text";

function Opened({ draft }: { draft: Draft }) {
  const t = useT();
  const navigate = useNavigate();
  const [state, tell] = useRuleEditor(draft);
  const keeper = useDraftKeeper(draft, state.kept);
  const world = useWorld(state.tree);
  const [cursor, setCursor] = useState(0);
  const [pane, setPane] = useState<Pane>("structure");
  const both = useMedia("(min-width: 1024px)");
  const listed = useMedia("(min-width: 1280px)");
  const [search, setSearch] = useSearchParams();
  const page: RulePage = search.get("tab") === "runs" ? "runs" : "edit";
  const onCursor = useCallback((at: number) => setCursor(at), []);
  const around = useAroundValue(state.shown, cursor, world);
  const publish = async () => {
    if (await keeper.flush()) await navigate(`/builder/publish?kind=rule&key=${draft.key}`);
  };
  return (
    <main className="page rule-editor" id="main" tabIndex={-1}>
      <TopBar
        draft={draft}
        state={state}
        keeper={keeper}
        tell={tell}
        onPublish={() => void publish()}
        page={page}
        onPage={(next) => setSearch(next === "runs" ? { tab: next } : {}, { replace: true })}
      />
      {page === "edit" && !both && (
        <Tabs
          label={t("automations.pane")}
          items={(["structure", "text"] as const).map((one) => ({
            key: one,
            label: t(`automations.pane.${one}`),
          }))}
          value={pane}
          onChange={setPane}
        />
      )}
      <div className={`work ${page} ${listed ? "listed" : ""}`}>
        {listed && <RuleList />}
        {page === "runs" && (
          <Suspense fallback={<Skeleton rows={8} />}>
            <RuleRuns rule={draft.key} />
          </Suspense>
        )}
        {page === "edit" && (both || pane === "structure") && (
          <AroundProvider value={around}>
            <Structure state={state} onChange={(tree) => tell({ type: "edited", tree })} />
          </AroundProvider>
        )}
        {page === "edit" && (both || pane === "text") && (
          <Suspense fallback={<Skeleton rows={8} />}>
            <TextPane
              state={state}
              world={world}
              cursor={cursor}
              onCursor={onCursor}
              onType={(text) => tell({ type: "typed", text })}
              onView={(view) => tell({ type: "viewed", view })}
            />
          </Suspense>
        )}
      </div>
      {page === "edit" && world.form !== undefined && (
        <Suspense fallback={null}>
          <DryRun
            rule={draft.key}
            text={state.kept}
            formLabel={world.formLabel}
            version={draft.published_version ?? undefined}
            blocked={isBlocked(state)}
          />
        </Suspense>
      )}
      <ConflictDialog
        keeper={keeper}
        onReload={(theirs) => {
          tell({ type: "opened", text: textOf(theirs) });
          keeper.accept(theirs, textOf(theirs));
        }}
      />
    </main>
  );
}

/** Whether the draft cannot be tried as it stands: it is being read, or has errors. */
function isBlocked({ question, trouble, problems }: RuleState): boolean {
  const errors = problems.filter(({ severity }) => severity !== "warning" && severity !== "info");
  return question !== null || trouble !== null || errors.length > 0;
}

function useAroundValue(shown: string, cursor: number, world: Around["world"]): Around {
  return useMemo(
    () => ({
      world,
      words: ({ span }) => (span ? shown.slice(span[0], span[1]) : ""),
      isAt: ({ span }) => span !== undefined && cursor > 0 && span[0] <= cursor && cursor <= span[1],
    }),
    [shown, cursor, world],
  );
}
