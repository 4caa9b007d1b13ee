import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import type { Draft } from "@/api";
import { label } from "@/i18n";
import { asFormDocument, type FormDocument } from "../model/document";
import { nextUndo } from "../model/history";
import { pathOf } from "../model/selection";
import { ConflictDialog, ProblemsDrawer } from "./Dialogs";
import { Preview } from "./Preview";
import { Properties } from "./Properties";
import { StatusBar } from "./StatusBar";
import { publishPath } from "./paths";
import { useDesign, type Design, type Edit } from "./state";
import { TopBar, type Device } from "./TopBar";
import { useDraftKeeper, type DraftKeeper } from "./useDraft";
import { jumpTo, useProblemCounts } from "./useProblems";
import { Workbench, type Bench } from "./Workbench";

interface Props {
  draft: Draft;
  published: FormDocument | null;
}

/** The form designer: palette, canvas and properties over one document with undo. */
export function Designer({ draft, published }: Props) {
  const [initial] = useState(() => asFormDocument(draft.document, draft.key));
  const design = useDesign(initial);
  const { document, selection } = design;
  const keeper = useDraftKeeper(draft, document);
  const [device, setDevice] = useState<Device>("desktop");
  const [previewing, setPreviewing] = useState(false);
  const [problemsOpen, setProblemsOpen] = useState(false);
  const problemsAt = useProblemCounts(document, keeper.problems);
  const publish = usePublish(draft, keeper);
  const apply = (edit: Edit | undefined) => edit && design.edit(edit);
  const bench: Bench = {
    design,
    apply,
    published,
    device,
    problemsAt,
    selected: pathOf(document, selection),
  };

  return (
    <Frame design={design}>
      <TopBar
        name={label(document.label, document.key)}
        version={draft.published_version ?? undefined}
        isDraft={draft.rev > 0 || nextUndo(design.history) !== undefined}
        keeper={keeper}
        design={design}
        device={device}
        onDevice={setDevice}
        preview={previewing}
        onPreview={() => setPreviewing(!previewing)}
        onProblems={() => setProblemsOpen(!problemsOpen)}
        onPublish={publish}
      />
      <div className={previewing ? "work previewing" : "work"}>
        {previewing && <Preview document={document} device={device} />}
        {!previewing && (
          <Workbench
            {...bench}
            properties={(form) => <Properties {...bench} form={form} keeper={keeper} />}
          />
        )}
        {problemsOpen && (
          <ProblemsDrawer
            {...keeper}
            document={document}
            onJump={jumpTo(design)}
            onClose={() => setProblemsOpen(false)}
          />
        )}
      </div>
      <StatusBar document={document} selection={selection} design={design} />
      <ConflictDialog keeper={keeper} onReload={(theirs) => reload(theirs, design, keeper)} />
    </Frame>
  );
}

/** The screen: undo keys everywhere in it, and what was done spoken to screen readers. */
function Frame({ design, children }: { design: Design; children: ReactNode }) {
  useUndoKeys(design);
  return (
    <main className="designer" id="main" tabIndex={-1}>
      {children}
      <div className="sr" role="status" aria-live="polite">
        {design.spoken}
      </div>
    </main>
  );
}

/** Undo and redo work wherever the focus is, except in a box that has its own. */
function useUndoKeys({ undo, redo }: Design): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const inBox =
      event.target instanceof HTMLElement && event.target.matches("input, textarea, [contenteditable]");
    if (inBox || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) redo();
    else undo();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

/** The publish page reads the server's draft: it opens once that is this one. */
function usePublish(draft: Draft, keeper: DraftKeeper<FormDocument>): () => void {
  const navigate = useNavigate();
  return () => {
    void keeper.flush().then((isSaved) => isSaved && navigate(publishPath("form", draft.key)));
  };
}

function reload(theirs: Draft, design: Design, keeper: DraftKeeper<FormDocument>): void {
  const loaded = asFormDocument(theirs.document, theirs.key);
  design.load(loaded);
  keeper.accept(theirs, loaded);
}
