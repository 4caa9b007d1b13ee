import { useMemo, useRef, useState, type PointerEvent, type ReactNode } from "react";
import type { FormRender } from "@/api";
import { useT, type Translate } from "@/i18n";
import { Icon } from "@/ui";
import { isFieldType, specOf } from "../fields/specs";
import { setSpan, unplacedFields } from "../model/commands";
import type { FormDocument } from "../model/document";
import { nodeAt, readLayout, type Layout, type Path } from "../model/layout";
import type { Place } from "../model/placing";
import { previewForm } from "../model/preview";
import { THE_FORM } from "../model/selection";
import * as actions from "./actions";
import { Canvas } from "./Canvas";
import { canvasKeys } from "./keyboard";
import { Palette } from "./Palette";
import type { PaletteItem } from "./palette";
import type { Design, Edit } from "./state";
import { systemFields } from "./systemFields";
import { Toolbar } from "./Toolbar";
import type { Device } from "./TopBar";
import { useDrag, type Drag, type StartDrag } from "./useDrag";
import { useSamples } from "./useSamples";
import { useTabs } from "./useTabs";

/** What palette and canvas share. */
export interface Bench {
  readonly design: Design;
  readonly apply: (edit: Edit | undefined) => void;
  readonly published: FormDocument | null;
  readonly device: Device;
  readonly problemsAt: (path: Path) => number;
  /** Path of the selected node, if it lies on the sheet. */
  readonly selected: Path | undefined;
}

/** Palette, canvas and properties, with what moves between them. */
export function Workbench({ properties, ...bench }: Bench & { properties: (form: FormRender) => ReactNode }) {
  const t = useT();
  const { document } = bench.design;
  const layout = useMemo(() => readLayout(document), [document]);
  const form = useMemo(() => previewForm(document, isFieldType, systemFields(t)), [document, t]);
  const canvas = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const { drag, startDrag } = useDrag({ canvas, sheet, ghost, layout });
  const [renaming, setRenaming] = useState(false);
  const keys = canvasKeys({
    design: bench.design,
    layout,
    apply: bench.apply,
    rename: () => setRenaming(true),
  });
  return (
    <>
      <Shelf {...bench} startDrag={startDrag} onKeyDown={keys} />
      <Sheet
        {...bench}
        form={form}
        layout={layout}
        surfaces={{ canvas, sheet }}
        drag={drag}
        startDrag={startDrag}
        renaming={renaming}
        setRenaming={setRenaming}
        onKeyDown={keys}
      />
      {properties(form)}
      {drag && (
        <div className="ghost" ref={ghost} aria-hidden>
          <Icon name="grip" className="dim" />
          <Icon name={drag.source.icon} />
          {drag.source.name}
        </div>
      )}
    </>
  );
}

const RECENT = 4;

type ShelfProps = Bench & { startDrag: StartDrag; onKeyDown: ReturnType<typeof canvasKeys> };

/** The palette, and what its entries do. */
function Shelf({ design, selected, problemsAt, startDrag, onKeyDown }: ShelfProps) {
  const { document, selection, edit } = design;
  const [recent, setRecent] = useState<readonly string[]>([]);
  const there = (place: Place | undefined) => place ?? actions.placeAfter(document, selection);
  const add = (item: PaletteItem, place?: Place) => {
    edit(actions.add(document, item, there(place)));
    setRecent((before) => [item.key, ...before.filter((key) => key !== item.key)].slice(0, RECENT));
  };
  return (
    <Palette
      document={document}
      unplaced={unplacedFields(document)}
      recent={recent}
      startDrag={startDrag}
      onAdd={add}
      onPlace={(field, place) => edit(actions.placeField(document, field, there(place)))}
      outline={{ document, selected, onSelect: design.selectPath, onKeyDown, problemsAt }}
    />
  );
}

interface SheetProps extends Bench {
  form: FormRender;
  layout: Layout;
  surfaces: Pick<Parameters<typeof Canvas>[0], "canvas" | "sheet">;
  drag: Drag | null;
  startDrag: StartDrag;
  renaming: boolean;
  setRenaming: (renaming: boolean) => void;
  onKeyDown: ReturnType<typeof canvasKeys>;
}

/** The canvas, and what picking, dragging, naming and resizing on it do. */
function Sheet({ design, apply, published, selected, surfaces, renaming, setRenaming, ...rest }: SheetProps) {
  const t = useT();
  const { document, selection } = design;
  const { layout, drag, startDrag } = rest;
  const samples = useSamples(document.key, published !== null);
  const openTab = useTabs(layout, selected);
  const publishedKeys = useMemo(() => new Set(Object.keys(published?.fields ?? {})), [published]);
  const rename = (text: string | null) => {
    setRenaming(false);
    if (text !== null) apply(actions.rename(document, selection, text, publishedKeys));
  };
  const resize = (span: number) => {
    if (!selected) return;
    const after = setSpan(document, selected, span);
    apply({ name: { key: "designer.edit.width" }, document: after, tag: `span:${selected.join()}` });
  };
  return (
    <Canvas
      {...surfaces}
      form={rest.form}
      samples={samples}
      device={rest.device}
      openTab={openTab}
      layout={layout}
      selected={selected}
      describe={(path) => describe(t, document, path)}
      drag={drag}
      renaming={renaming && selected ? renameBox(actions.selectionName(document, selection), rename) : null}
      toolbar={<Toolbar design={design} apply={apply} onRename={() => setRenaming(true)} />}
      onSelect={design.selectPath}
      onSelectForm={() => design.select(THE_FORM)}
      onRename={() => setRenaming(true)}
      onGrab={(path, event) => grab({ design, apply, layout, startDrag }, path, event)}
      onKeyDown={rest.onKeyDown}
      onResize={resize}
      problemsAt={rest.problemsAt}
    />
  );
}

type Grabbing = Pick<SheetProps, "design" | "apply" | "layout" | "startDrag">;

/** A press on a node of the canvas begins to move it; a tab moves only with its set. */
function grab(
  { design: { document }, apply, layout, startDrag }: Grabbing,
  path: Path,
  event: PointerEvent,
): void {
  const node = nodeAt(layout, path);
  if (!node || node.kind === "tab") return;
  const isField = node.kind === "field";
  const icon = isField ? (specOf(document.fields[node.field]?.type ?? "")?.icon ?? "user") : "section";
  const drop = (place: Place) => apply(actions.moveTo(document, path, place));
  startDrag({ name: actions.nodeName(document, node), icon, isField, from: path, drop }, event);
}

function renameBox(text: string, done: (text: string | null) => void) {
  const commit = (typed: string) => done(typed.trim() === text ? null : typed.trim());
  return { text, commit, cancel: () => done(null) };
}

/** A node as it is spoken. */
function describe(t: Translate, document: FormDocument, path: Path): string {
  const node = nodeAt(readLayout(document), path);
  const name = actions.nodeName(document, node);
  if (node?.kind !== "field") {
    return t("designer.spoken.node", { name, kind: t(`designer.node.${node?.kind ?? "group"}`) });
  }
  const type = document.fields[node.field]?.type ?? "member";
  return t("designer.spoken.field", { name, type: t(`designer.item.${type}`), span: node.span });
}
