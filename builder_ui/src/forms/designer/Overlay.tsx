import {
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
} from "react";
import { useT } from "@/i18n";
import { Icon } from "@/ui";
import type { Box, Line, Rect } from "../model/drop";
import { COLUMNS, nodeAt, rowsOf, samePath, itemsAt, type Layout, type Path } from "../model/layout";
import type { Drag } from "./useDrag";

export interface OverlayProps {
  layout: Layout;
  boxes: readonly Box[];
  /** Path of the selected node, if it lies on the sheet. */
  selected: Path | undefined;
  /** Spoken description of a node. */
  describe: (path: Path) => string;
  drag: Drag | null;
  renaming: { text: string; commit: (text: string) => void; cancel: () => void } | null;
  /** Buttons above the selection. */
  toolbar: ReactNode;
  onSelect: (path: Path) => void;
  onSelectForm: () => void;
  onRename: () => void;
  onGrab: (path: Path, event: PointerEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onResize: (span: number) => void;
  problemsAt: (path: Path) => number;
}

function placed({ left, top, right, bottom }: Rect): CSSProperties {
  return { left, top, width: right - left, height: bottom - top };
}

/** Nodes as items of a tree, lying on what they stand for; selection, insertion line and handles above them. */
export function Overlay(props: OverlayProps) {
  const t = useT();
  const { boxes, selected, drag } = props;
  const overlay = useRef<HTMLDivElement>(null);
  const box = selected && boxes.find(({ path }) => samePath(path, selected));
  useFocusOnSelection(overlay, props.renaming !== null);
  return (
    <div className="overlay" ref={overlay}>
      {box && !drag && <Bands layout={props.layout} boxes={boxes} path={box.path} />}
      <div
        className="tree"
        role="tree"
        tabIndex={-1}
        aria-label={t("designer.canvas")}
        onKeyDown={props.onKeyDown}
      >
        {boxes.map((each) => (
          <Item key={each.path.join(".")} {...props} box={each} on={each === box} />
        ))}
      </div>
      {box && !drag && <Selection {...props} box={box} />}
      {drag?.drop && <InsertionLine line={drag.drop.line} />}
    </div>
  );
}

/**
 * The focus goes with the selection, also when the node that had it was moved, renamed or deleted; somebody who
 * works in the panels keeps the focus there.
 */
function useFocusOnSelection(overlay: RefObject<HTMLDivElement | null>, renaming: boolean): void {
  const inside = useRef(false);
  useEffect(() => {
    const follow = (event: FocusEvent) => {
      inside.current = overlay.current?.contains(event.target as Node) ?? false;
    };
    document.addEventListener("focusin", follow);
    return () => document.removeEventListener("focusin", follow);
  }, [overlay]);
  useEffect(() => {
    const active = document.activeElement;
    const isFree = active === document.body || active?.matches(".overlay [role=treeitem]");
    if (!inside.current || renaming || !isFree) return;
    const item = overlay.current?.querySelector<HTMLElement>("[role=treeitem][aria-selected=true]");
    if (item && item !== active) item.focus();
  });
}

interface ItemProps extends OverlayProps {
  box: Box;
  on: boolean;
}

function Item({
  box,
  on,
  boxes,
  selected,
  describe,
  problemsAt,
  onSelect,
  onRename,
  onGrab,
  drag,
}: ItemProps) {
  const t = useT();
  const element = useRef<HTMLDivElement>(null);
  const { path, rect } = box;
  const first = selected === undefined && boxes[0] === box;
  const problems = problemsAt(path);
  const name = describe(path) + (problems > 0 ? t("designer.with-problems", { count: problems }) : "");
  return (
    <div
      ref={element}
      role="treeitem"
      aria-level={path.length}
      aria-selected={on}
      aria-label={name}
      tabIndex={on || first ? 0 : -1}
      className={[
        "node",
        on ? "on" : "",
        drag?.source.from && samePath(drag.source.from, path) ? "moving" : "",
      ]
        .join(" ")
        .trim()}
      style={placed(rect)}
      onPointerDown={(event) => {
        event.stopPropagation();
        onGrab(path, event);
      }}
      onClick={(event) => {
        event.stopPropagation();
        onSelect(path);
        element.current?.focus({ preventScroll: true });
      }}
      onDoubleClick={onRename}
      onKeyDown={() => undefined}
    >
      {problems > 0 && <i className="problem-dot" title={name} />}
    </div>
  );
}

/** The twelve columns, faint, in the row being edited. */
function Bands({ layout, boxes, path }: { layout: Layout; boxes: readonly Box[]; path: Path }) {
  if (nodeAt(layout, path)?.kind !== "field") return null;
  const parent = path.slice(0, -1);
  const row = rowsOf(itemsAt(layout, parent)).find((indexes) => indexes.includes(path.at(-1) ?? 0)) ?? [];
  const rects = row.flatMap((index) =>
    boxes.filter((box) => samePath(box.path, [...parent, index])).map(({ rect }) => rect),
  );
  const frame = gridFrame(layout, boxes, path);
  if (rects.length === 0 || !frame) return null;
  const top = Math.min(...rects.map((rect) => rect.top)) - 8;
  const bottom = Math.max(...rects.map((rect) => rect.bottom)) + 8;
  return (
    <div className="bands" style={placed({ ...frame, top, bottom })} aria-hidden>
      {Array.from({ length: COLUMNS }, (_, column) => (
        <i key={column} />
      ))}
    </div>
  );
}

/** Left and right of the grid a field stands in, from its own width and span. */
function gridFrame(
  layout: Layout,
  boxes: readonly Box[],
  path: Path,
): { left: number; right: number } | undefined {
  const siblings = itemsAt(layout, path.slice(0, -1)).flatMap((node, index) => {
    const box = boxes.find((each) => samePath(each.path, [...path.slice(0, -1), index]));
    return box && node.kind === "field" ? [box.rect] : [];
  });
  const own = boxes.find((box) => samePath(box.path, path));
  const node = nodeAt(layout, path);
  if (!own || node?.kind !== "field") return undefined;
  const left = Math.min(...siblings.map((rect) => rect.left));
  const gap = 16;
  const column = (own.rect.right - own.rect.left - gap * (node.span - 1)) / node.span;
  return { left, right: left + column * COLUMNS + gap * (COLUMNS - 1) };
}

function Selection(props: OverlayProps & { box: Box }) {
  const { box, layout, renaming, toolbar, boxes, onResize } = props;
  const node = nodeAt(layout, box.path);
  return (
    <div className="selection" style={placed(box.rect)}>
      {renaming ? <RenameBox {...renaming} /> : toolbar}
      {node?.kind === "field" && (
        <WidthHandle
          rect={box.rect}
          span={node.span}
          frame={gridFrame(layout, boxes, box.path)}
          onResize={onResize}
        />
      )}
    </div>
  );
}

function RenameBox({ text, commit, cancel }: NonNullable<OverlayProps["renaming"]>) {
  const t = useT();
  const [typed, setTyped] = useState(text);
  return (
    <input
      className="rename input sm"
      aria-label={t("designer.rename")}
      value={typed}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => commit(typed)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") commit(typed);
        if (event.key === "Escape") cancel();
      }}
    />
  );
}

const SPANS = [3, 4, 6, 8, 9, 12] as const;

interface HandleProps {
  rect: Rect;
  span: number;
  frame: { left: number; right: number } | undefined;
  onResize: (span: number) => void;
}

/** Drags the right edge; it snaps to the widths that make whole rows. */
function WidthHandle({ rect, span, frame, onResize }: HandleProps) {
  const t = useT();
  const start = useRef<{ x: number } | null>(null);
  if (!frame) return null;
  const unit = (frame.right - frame.left + 16) / COLUMNS;
  const width = rect.right - rect.left;
  return (
    <>
      <span
        className="handle"
        title={t("designer.width-drag")}
        onPointerDown={(event) => {
          event.stopPropagation();
          start.current = { x: event.clientX };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (!start.current) return;
          const wanted = (width + 16 + event.clientX - start.current.x) / unit;
          const snapped = nearest(wanted);
          if (snapped === span) return;
          start.current = { x: start.current.x + (snapped - span) * unit };
          onResize(snapped);
        }}
        onPointerUp={() => {
          start.current = null;
        }}
      />
      <span className="width-tag" aria-hidden>
        {span} / {COLUMNS}
      </span>
    </>
  );
}

function nearest(wanted: number): number {
  return SPANS.reduce<number>(
    (best, span) => (Math.abs(span - wanted) < Math.abs(best - wanted) ? span : best),
    COLUMNS,
  );
}

function InsertionLine({ line }: { line: Line }) {
  const t = useT();
  const style = line.upright
    ? { left: line.left - 1, top: line.top, height: line.bottom - line.top }
    : { left: line.left, top: line.top - 1, width: line.right - line.left };
  return (
    <div className={line.upright ? "ins upright" : "ins"} style={style} aria-hidden>
      <span>
        {line.upright ? t("designer.insert-beside") : t("designer.insert-row")}
        <Icon name="plus" size="s" />
      </span>
    </div>
  );
}
