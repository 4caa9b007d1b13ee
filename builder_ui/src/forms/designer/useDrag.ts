import {
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
} from "react";
import type { IconName } from "@/ui";
import { dropAt, type Box, type Drop } from "../model/drop";
import type { Layout, Path } from "../model/layout";
import type { Place } from "../model/placing";
import { measureForDrop, relative } from "./boxes";

/** What is being dragged, and what happens where it is let go. */
export interface DragSource {
  readonly name: string;
  readonly icon: IconName;
  readonly isField: boolean;
  readonly from?: Path;
  readonly drop: (place: Place) => void;
}

export interface Drag {
  readonly source: DragSource;
  /** Undefined while the pointer is off the canvas. */
  readonly drop: Drop | undefined;
}

export type StartDrag = (source: DragSource, event: ReactPointerEvent) => void;

const THRESHOLD_PX = 4;
const EDGE_PX = 40;
const SCROLL_PX = 12;

interface Running {
  readonly source: DragSource;
  readonly x: number;
  readonly y: number;
  /** Measured when the drag really starts. */
  boxes: Box[] | undefined;
}

interface Surfaces {
  /** The scrolling canvas. */
  readonly canvas: RefObject<HTMLElement | null>;
  readonly sheet: RefObject<HTMLElement | null>;
  readonly ghost: RefObject<HTMLElement | null>;
  readonly layout: Layout;
}

/** Dragging with plain pointer events: boxes are measured once, a move only compares numbers. */
export function useDrag(surfaces: Surfaces): { drag: Drag | null; startDrag: StartDrag } {
  const [drag, setDrag] = useState<Drag | null>(null);
  const running = useRef<Running | null>(null);
  const shown = useRef<Drag | null>(null);
  const show = (next: Drag | null) => {
    const before = shown.current;
    shown.current = next;
    if (next === null || before === null || !sameDrop(before.drop, next.drop)) setDrag(next);
  };
  const stop = () => {
    running.current = null;
    show(null);
  };
  useWindowPointer({
    move: (event) => {
      const state = running.current;
      if (!state || !hasBegun(state, event)) return;
      event.preventDefault();
      show({ source: state.source, drop: findDrop(state, surfaces, event) });
      moveGhost(surfaces.ghost.current, event);
    },
    up: () => {
      const done = shown.current;
      stop();
      if (done?.drop) done.source.drop(done.drop.place);
    },
    cancel: () => running.current !== null && stop(),
  });
  const startDrag = useCallback<StartDrag>((source, event) => {
    if (event.button !== 0) return;
    running.current = { source, x: event.clientX, y: event.clientY, boxes: undefined };
  }, []);
  return { drag, startDrag };
}

interface PointerHandlers {
  readonly move: (event: PointerEvent) => void;
  readonly up: () => void;
  /** Whether there was something to cancel. */
  readonly cancel: () => unknown;
}

/** Listens on the window, so that a drag goes on wherever the pointer is. */
function useWindowPointer(handlers: PointerHandlers): void {
  const move = useEffectEvent(handlers.move);
  const up = useEffectEvent(handlers.up);
  const cancel = useEffectEvent(handlers.cancel);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener("pointermove", (event) => move(event), { signal });
    window.addEventListener("pointerup", () => up(), { signal });
    window.addEventListener("pointercancel", () => cancel(), { signal });
    const escape = (event: KeyboardEvent) => {
      if (event.key === "Escape" && cancel() !== false) event.stopPropagation();
    };
    window.addEventListener("keydown", escape, { capture: true, signal });
    return () => listening.abort();
  }, []);
}

/** A press becomes a drag after a few pixels, so that a click stays a click. */
function hasBegun({ boxes, x, y }: Running, { clientX, clientY }: PointerEvent): boolean {
  return boxes !== undefined || Math.hypot(clientX - x, clientY - y) >= THRESHOLD_PX;
}

function sameDrop(a: Drop | undefined, b: Drop | undefined): boolean {
  return JSON.stringify(a?.place) === JSON.stringify(b?.place);
}

function findDrop(
  state: Running,
  { canvas, sheet, layout }: Surfaces,
  event: PointerEvent,
): Drop | undefined {
  if (!canvas.current || !sheet.current) return undefined;
  state.boxes ??= measureForDrop(sheet.current);
  scrollNearEdge(canvas.current, event);
  if (!isOver(canvas.current.getBoundingClientRect(), event)) return undefined;
  const origin = sheet.current.getBoundingClientRect();
  const point = { x: event.clientX - origin.left, y: event.clientY - origin.top };
  return dropAt(layout, state.boxes, relative(origin, origin), point, state.source);
}

function isOver({ left, right, top, bottom }: DOMRect, { clientX, clientY }: PointerEvent): boolean {
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

function moveGhost(ghost: HTMLElement | null, { clientX, clientY }: PointerEvent): void {
  if (ghost) ghost.style.transform = `translate(${clientX + 12}px, ${clientY + 8}px)`;
}

function scrollNearEdge(canvas: HTMLElement, { clientY }: PointerEvent): void {
  const { top, bottom } = canvas.getBoundingClientRect();
  if (clientY < top + EDGE_PX) canvas.scrollTop -= SCROLL_PX;
  else if (clientY > bottom - EDGE_PX) canvas.scrollTop += SCROLL_PX;
}
