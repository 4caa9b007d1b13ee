import { useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import type { Draft } from "@/api";
import { ConflictDialog, DraftRoute, useDraftKeeper } from "@/forms";
import { Skeleton, useShortcut } from "@/ui";
import { AroundProvider, useStyles, type Around } from "./around";
import { Checks } from "./Checks";
import { ColumnDialog } from "./ColumnDialog";
import { Grid } from "./Grid";
import { KeysDialog } from "./KeysDialog";
import { marksOf } from "./model/marks";
import type { Area, Place, Sheet } from "./model/sheet";
import type { DecisionEvent, DecisionState } from "./model/state";
import { OtherLogic, Unread } from "./OtherLogic";
import { PasteDialog } from "./PasteDialog";
import { StatusBar } from "./StatusBar";
import { RowTools, Tools } from "./Tools";
import { TopBar } from "./TopBar";
import { TrialSource } from "./TrialSource";
import { useCells } from "./useCells";
import { textOf, useDecisionEditor } from "./useDecisionEditor";
import "./decisions.css";

/** Route component: a decision table as a grid, with what is wrong beside it and a trial below. */
export function Component() {
  return (
    <DraftRoute kind="decision" icon="decision">
      {(draft, opened) => <Opened key={opened} draft={draft} />}
    </DraftRoute>
  );
}

function Opened({ draft }: { draft: Draft }) {
  const navigate = useNavigate();
  const [state, tell] = useDecisionEditor(draft);
  const keeper = useDraftKeeper(draft, state.kept);
  const main = useRef<HTMLElement>(null);
  const publish = async () => {
    if (await keeper.flush()) await navigate(`/builder/publish?kind=decision&key=${draft.key}`);
  };
  return (
    <main className="page decision-editor" id="main" tabIndex={-1} ref={main}>
      <TopBar
        draft={draft}
        state={state}
        keeper={keeper}
        tell={tell}
        onProblems={() => main.current?.querySelector(".checks")?.scrollIntoView({ block: "nearest" })}
        onPublish={() => void publish()}
      />
      <Shown state={state} tell={tell} />
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

interface ShownProps {
  state: DecisionState;
  tell: (event: DecisionEvent) => void;
}

function Shown({ state, tell }: ShownProps) {
  const listed = state.decisions.find((one) => one.id === state.decision);
  if (state.sheet) return <Table key={state.decision} state={state} sheet={state.sheet} tell={tell} />;
  if (listed && listed.logic !== "DecisionTable") return <OtherLogic listed={listed} />;
  return state.question ? <Skeleton rows={8} /> : <Unread state={state} />;
}

function Table({ state, sheet, tell }: ShownProps & { sheet: Sheet }) {
  const styles = useStyles(sheet);
  const { problems, given, trial } = state;
  const marks = useMemo(() => marksOf(sheet, problems), [sheet, problems]);
  const around: Around = {
    ...{ sheet, styles, marks, given, trial },
    change: (next) => tell({ type: "edited", sheet: next }),
    tryWith: (next) => tell({ type: "tried", given: next }),
  };
  const cells = useCells({
    ...{ sheet, styles, change: around.change },
    undo: () => tell({ type: "undone" }),
    redo: () => tell({ type: "redone" }),
  });
  const [column, setColumn] = useState<{ area: Area; place?: Place } | null>(null);
  const onColumn = (place: Place) => setColumn({ area: place.area, place });
  const [dialog, setDialog] = useState<"paste" | "keys" | null>(null);
  useShortcut("?", () => setDialog("keys"));
  return (
    <AroundProvider value={around}>
      <div className="work">
        <section className="pg">
          <Tools onPaste={() => setDialog("paste")} onAddColumn={() => setColumn({ area: "inputs" })} />
          <div className="dt-scroll">
            <Grid cells={cells} onColumn={onColumn} onAddColumn={(area) => setColumn({ area })} />
            <div className="below">
              <RowTools cells={cells} />
              <TrialSource />
            </div>
          </div>
        </section>
        <Checks state={state} cells={cells} onColumn={onColumn} />
        <StatusBar cells={cells} onKeys={() => setDialog("keys")} />
      </div>
      {column && <ColumnDialog area={column.area} place={column.place} onClose={() => setColumn(null)} />}
      {dialog === "paste" && <PasteDialog cells={cells} onClose={() => setDialog(null)} />}
      {dialog === "keys" && <KeysDialog onClose={() => setDialog(null)} />}
    </AroundProvider>
  );
}
