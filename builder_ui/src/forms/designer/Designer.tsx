import { useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import type { Draft } from "@/api";
import { label } from "@/i18n";
import { useShortcut } from "@/ui";
import { asFormDocument, type FormDocument } from "../model/document";
import { pathOf } from "../model/selection";
import { ConflictDialog, ProblemsDrawer, ShortcutSheet } from "./Dialogs";
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

type Open = "problems" | "shortcuts" | null;

/** The form designer: palette, canvas and properties over one document with undo. */
export function Designer({ draft, published }: Props) {
  const [initial] = useState(() => asFormDocument(draft.document, draft.key));
  const design = useDesign(initial);
  const { document, selection } = design;
  const keeper = useDraftKeeper(draft, document);
  const [device, setDevice] = useState<Device>("desktop");
  const [previewing, setPreviewing] = useState(false);
  const [open, setOpen] = useState<Open>(null);
  const problemsAt = useProblemCounts(document, keeper.problems);
  const publish = usePublish(draft, keeper);
  useShortcut("?", () => setOpen("shortcuts"));
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
    <main
      className="designer"
      id="main"
      tabIndex={-1}
      onKeyDown={(event) => undoKeys(event, design)}
      role="presentation"
    >
      <TopBar
        name={label(document.label, document.key)}
        version={draft.published_version ?? undefined}
        isDraft={draft.rev > 0 || design.history.past.length > 0}
        keeper={keeper}
        design={design}
        device={device}
        onDevice={setDevice}
        preview={previewing}
        onPreview={() => setPreviewing(!previewing)}
        onProblems={() => setOpen(open === "problems" ? null : "problems")}
        onPublish={publish}
      />
      <div className={previewing ? "work previewing" : "work"}>
        {previewing ? (
          <Preview document={document} device={device} />
        ) : (
          <Workbench
            {...bench}
            properties={(form) => (
              <Properties design={design} form={form} keeper={keeper} published={published} apply={apply} />
            )}
          />
        )}
        {open === "problems" && (
          <ProblemsDrawer
            document={document}
            problems={keeper.problems}
            onJump={(problem) => jumpTo(problem, design)}
            onClose={() => setOpen(null)}
          />
        )}
      </div>
      <StatusBar
        document={document}
        selection={selection}
        design={design}
        onShortcuts={() => setOpen("shortcuts")}
      />
      <div className="sr" role="status" aria-live="polite">
        {design.spoken}
      </div>
      <ConflictDialog keeper={keeper} onReload={(theirs) => reload(theirs, design, keeper)} />
      <ShortcutSheet open={open === "shortcuts"} onClose={() => setOpen(null)} />
    </main>
  );
}

/** The publish page reads the server's draft: it opens once that is this one. */
function usePublish(draft: Draft, keeper: DraftKeeper): () => void {
  const navigate = useNavigate();
  return () => {
    void keeper.flush().then((isSaved) => isSaved && navigate(publishPath("form", draft.key)));
  };
}

function reload(theirs: Draft, design: Design, keeper: DraftKeeper): void {
  const loaded = asFormDocument(theirs.document, theirs.key);
  design.load(loaded);
  keeper.accept(theirs, loaded);
}

/** Undo and redo work wherever the focus is, except in a box that has its own. */
function undoKeys(event: KeyboardEvent, { undo, redo }: Design): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const inBox =
    event.target instanceof HTMLElement && event.target.matches("input, textarea, [contenteditable]");
  const key = event.key.toLowerCase();
  if (inBox || (key !== "z" && key !== "y")) return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) redo();
  else undo();
}
