import {
  useCallback,
  useEffect,
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
  const current = useRef(surfaces);
  const latest = useRef<Drag | null>(null);
  useEffect(() => {
    current.current = surfaces;
  });

  const show = useCallback((next: Drag | null) => {
    const before = latest.current;
    latest.current = next;
    if (next === null || before === null || !sameDrop(before.drop, next.drop)) setDrag(next);
  }, []);

  const stop = useCallback(() => {
    running.current = null;
    show(null);
  }, [show]);

  useEffect(() => {
    const move = (event: PointerEvent) => {
      const state = running.current;
      if (!state) return;
      if (!state.boxes && Math.hypot(event.clientX - state.x, event.clientY - state.y) < THRESHOLD_PX) return;
      const { canvas, sheet, ghost, layout } = current.current;
      if (!sheet.current || !canvas.current) return;
      event.preventDefault();
      state.boxes ??= measureForDrop(sheet.current);
      moveGhost(ghost.current, event);
      scrollNearEdge(canvas.current, event);
      show({ source: state.source, drop: findDrop(state, layout, canvas.current, sheet.current, event) });
      moveGhost(ghost.current, event);
    };
    const up = () => {
      const done = latest.current;
      stop();
      if (done?.drop) done.source.drop(done.drop.place);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !running.current) return;
      event.stopPropagation();
      stop();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", stop);
    window.addEventListener("keydown", key, true);
    return () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", stop);
      window.removeEventListener("keydown", key, true);
    };
  }, [show, stop]);

  const startDrag = useCallback<StartDrag>((source, event) => {
    if (event.button !== 0) return;
    running.current = { source, x: event.clientX, y: event.clientY, boxes: undefined };
  }, []);
  return { drag, startDrag };
}

function sameDrop(a: Drop | undefined, b: Drop | undefined): boolean {
  return JSON.stringify(a?.place) === JSON.stringify(b?.place);
}

function findDrop(
  { source, boxes = [] }: Running,
  layout: Layout,
  canvas: HTMLElement,
  sheet: HTMLElement,
  event: PointerEvent,
): Drop | undefined {
  const around = canvas.getBoundingClientRect();
  const outside =
    event.clientX < around.left ||
    event.clientX > around.right ||
    event.clientY < around.top ||
    event.clientY > around.bottom;
  if (outside) return undefined;
  const origin = sheet.getBoundingClientRect();
  const point = { x: event.clientX - origin.left, y: event.clientY - origin.top };
  return dropAt(layout, boxes, relative(origin, origin), point, source);
}

function moveGhost(ghost: HTMLElement | null, { clientX, clientY }: PointerEvent): void {
  if (ghost) ghost.style.transform = `translate(${clientX + 12}px, ${clientY + 8}px)`;
}

function scrollNearEdge(canvas: HTMLElement, { clientY }: PointerEvent): void {
  const { top, bottom } = canvas.getBoundingClientRect();
  if (clientY < top + EDGE_PX) canvas.scrollTop -= SCROLL_PX;
  else if (clientY > bottom - EDGE_PX) canvas.scrollTop += SCROLL_PX;
}
