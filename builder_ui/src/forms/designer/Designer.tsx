import { useCallback, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useNavigate } from "react-router";
import type { Draft, Problem } from "@/api";
import { label, useT } from "@/i18n";
import { Icon, useShortcut } from "@/ui";
import { isFieldType, specOf } from "../fields/specs";
import { setSpan, unplacedFields } from "../model/commands";
import { asFormDocument, type FormDocument } from "../model/document";
import { nodeAt, pathOfField, readLayout, type Path } from "../model/layout";
import type { Place } from "../model/placing";
import { previewForm } from "../model/preview";
import { placeInDocument } from "../model/problems";
import { pathOf } from "../model/selection";
import * as actions from "./actions";
import { Canvas } from "./Canvas";
import { ConflictDialog, ProblemsDrawer, ShortcutSheet } from "./Dialogs";
import { canvasKeys } from "./keyboard";
import { Palette } from "./Palette";
import type { PaletteItem } from "./palette";
import { publishPath } from "./paths";
import { Preview } from "./Preview";
import { Properties } from "./Properties";
import { StatusBar } from "./StatusBar";
import { systemFields } from "./systemFields";
import { useDesign, type Edit } from "./state";
import { Toolbar } from "./Toolbar";
import { TopBar, type Device } from "./TopBar";
import { useDraftKeeper } from "./useDraft";
import { useDrag } from "./useDrag";
import { useSamples } from "./useSamples";
import { useTabs } from "./useTabs";

interface Props {
  draft: Draft;
  published: FormDocument | null;
}

const RECENT = 4;

/** The form designer: palette, canvas and properties over one document with undo. */
export function Designer({ draft, published }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const [initial] = useState(() => asFormDocument(draft.document, draft.key));
  const design = useDesign(initial);
  const { document, selection, edit } = design;
  const keeper = useDraftKeeper(draft, document);
  const [device, setDevice] = useState<Device>("desktop");
  const [previewing, setPreviewing] = useState(false);
  const [problemsOpen, setProblemsOpen] = useState(false);
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const [recent, setRecent] = useState<readonly string[]>([]);
  const samples = useSamples(draft.key, published !== null);
  const layout = useMemo(() => readLayout(document), [document]);
  const form = useMemo(() => previewForm(document, isFieldType, systemFields(t)), [document, t]);
  const selected = pathOf(document, selection);
  const openTab = useTabs(layout, selected);
  const publishedKeys = useMemo(() => new Set(Object.keys(published?.fields ?? {})), [published]);

  const canvas = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const { drag, startDrag } = useDrag({ canvas, sheet, ghost, layout });

  const apply = (next: Edit | undefined) => next && edit(next);
  const add = (item: PaletteItem, place?: Place) => {
    edit(actions.add(document, item, place ?? actions.placeAfter(document, selection)));
    setRecent((before) => [item.key, ...before.filter((key) => key !== item.key)].slice(0, RECENT));
  };
  const place = (field: string, at?: Place) =>
    edit(actions.placeField(document, field, at ?? actions.placeAfter(document, selection)));
  const grab = (path: Path, event: PointerEvent) => {
    const node = nodeAt(layout, path);
    if (!node || node.kind === "tab") return;
    const icon =
      node.kind === "field" ? (specOf(document.fields[node.field]?.type ?? "")?.icon ?? "user") : "section";
    const source = {
      name: actions.nodeName(document, node),
      icon,
      isField: node.kind === "field",
      from: path,
    };
    startDrag({ ...source, drop: (at) => apply(actions.moveTo(document, path, at)) }, event);
  };
  const problemsAt = useProblemCounts(document, keeper.problems);
  const keys = canvasKeys({ design, layout, apply, rename: () => setRenaming(true) });
  const jump = (problem: Problem) => {
    const target = placeInDocument(problem.at);
    if (target.field !== undefined && target.sub !== undefined)
      design.select({ kind: "column", field: target.field, sub: target.sub });
    else if (target.field !== undefined) design.select({ kind: "field", field: target.field });
    else if (target.layout) design.selectPath(target.layout);
    else design.select({ kind: "form" });
  };
  useShortcut("?", () => setShortcutsOpen(true));

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
        onProblems={() => setProblemsOpen(!problemsOpen)}
        onPublish={() => void keeper.flush().then(() => navigate(publishPath("form", draft.key)))}
      />
      <div className={previewing ? "work previewing" : "work"}>
        {!previewing && (
          <Palette
            document={document}
            unplaced={unplacedFields(document)}
            recent={recent}
            startDrag={startDrag}
            onAdd={add}
            onPlace={place}
            outline={{ document, selected, onSelect: design.selectPath, onKeyDown: keys, problemsAt }}
          />
        )}
        {previewing ? (
          <Preview document={document} device={device} />
        ) : (
          <Canvas
            form={form}
            samples={samples}
            device={device}
            canvas={canvas}
            sheet={sheet}
            openTab={openTab}
            layout={layout}
            selected={selected}
            describe={(path) => describe(t, document, path)}
            drag={drag}
            renaming={
              renaming && selected
                ? renameBox(actions.selectionName(document, selection), (text) => {
                    setRenaming(false);
                    if (text !== null) apply(actions.rename(document, selection, text, publishedKeys));
                  })
                : null
            }
            toolbar={<Toolbar design={design} apply={apply} onRename={() => setRenaming(true)} />}
            onSelect={design.selectPath}
            onSelectForm={() => design.select({ kind: "form" })}
            onRename={() => setRenaming(true)}
            onGrab={grab}
            onKeyDown={keys}
            onResize={(span) =>
              selected &&
              edit({
                name: { key: "designer.edit.width" },
                document: setSpan(document, selected, span),
                tag: `span:${selected.join()}`,
              })
            }
            problemsAt={problemsAt}
          />
        )}
        {!previewing && (
          <Properties design={design} form={form} keeper={keeper} published={published} apply={apply} />
        )}
        {problemsOpen && (
          <ProblemsDrawer
            document={document}
            problems={keeper.problems}
            onJump={jump}
            onClose={() => setProblemsOpen(false)}
          />
        )}
      </div>
      <StatusBar
        document={document}
        selection={selection}
        design={design}
        onShortcuts={() => setShortcutsOpen(true)}
      />
      <div className="sr" role="status" aria-live="polite">
        {design.spoken}
      </div>
      {drag && (
        <div className="ghost" ref={ghost} aria-hidden>
          <Icon name="grip" className="dim" />
          <Icon name={drag.source.icon} />
          {drag.source.name}
        </div>
      )}
      <ConflictDialog
        keeper={keeper}
        onReload={(theirs) => {
          const loaded = asFormDocument(theirs.document, draft.key);
          design.load(loaded);
          keeper.accept(theirs, loaded);
        }}
      />
      <ShortcutSheet open={shortcutsOpen} onClose={() => setShortcutsOpen(false)} />
    </main>
  );
}

function renameBox(text: string, done: (text: string | null) => void) {
  return {
    text,
    commit: (typed: string) => done(typed.trim() === text ? null : typed.trim()),
    cancel: () => done(null),
  };
}

function describe(t: ReturnType<typeof useT>, document: FormDocument, path: Path): string {
  const node = nodeAt(readLayout(document), path);
  const name = actions.nodeName(document, node);
  if (node?.kind !== "field")
    return t("designer.spoken.node", { name, kind: t(`designer.node.${node?.kind ?? "group"}`) });
  const type = document.fields[node.field]?.type ?? "member";
  return t("designer.spoken.field", { name, type: t(`designer.item.${type}`), span: node.span });
}

/** How many problems stand at each node. */
function useProblemCounts(document: FormDocument, problems: readonly Problem[]): (path: Path) => number {
  const counts = useMemo(() => {
    const layout = readLayout(document);
    const found = new Map<string, number>();
    for (const problem of problems) {
      const { field, layout: at } = placeInDocument(problem.at);
      const path = field === undefined ? at : pathOfField(layout, field);
      if (path) found.set(path.join("."), (found.get(path.join(".")) ?? 0) + 1);
    }
    return found;
  }, [document, problems]);
  return useCallback((path) => counts.get(path.join(".")) ?? 0, [counts]);
}

/** Undo and redo work wherever the focus is, except in a box that has its own. */
function undoKeys(event: KeyboardEvent, { undo, redo }: ReturnType<typeof useDesign>): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const inBox =
    event.target instanceof HTMLElement && event.target.matches("input, textarea, [contenteditable]");
  if (inBox) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) redo();
  else undo();
}
