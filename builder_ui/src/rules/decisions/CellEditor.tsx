import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
} from "react";
import { createPortal } from "react-dom";
import { useT } from "@/i18n";
import { useAround } from "./around";
import { Choices } from "./Choices";
import type { Place } from "./model/sheet";
import type { Style } from "./model/style";
import type { After, Cells, Editing } from "./useCells";
import "./cell.css";

interface Props {
  place: Place;
  style: Style;
  editing: Editing;
  finish: Cells["finish"];
}

/** A cell being edited: a box in its place, and below it everything that can be picked. */
export function CellEditor({ place, style, editing, finish }: Props) {
  const t = useT();
  const { sheet } = useAround();
  const [typed, setTyped] = useState(editing.typed);
  const box = useRef<HTMLInputElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useClickOutside([box, panel], () => finish(typed, "stay"));
  useEffect(() => {
    box.current?.focus();
    if (editing.picks) box.current?.select();
  }, [editing.picks]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (walked(event, box.current, panel.current)) return event.preventDefault();
    const after = afterKey(event);
    if (!after) return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === "Escape" ? null : typed, after);
  };
  return (
    // Enter, Tab and Escape end the editing wherever inside it the focus is.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="cell-edit" onKeyDown={onKeyDown}>
      <input
        ref={box}
        value={typed}
        aria-label={t("decisions.cell.edit", { row: editing.row + 1, column: headOf(place, sheet) })}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
      />
      {place.area !== "annotations" && (
        <Below box={box} panel={panel}>
          <Choices
            place={place}
            style={style}
            typed={typed}
            onType={setTyped}
            onDone={(text) => finish(text, "stay")}
          />
        </Below>
      )}
    </div>
  );
}

function headOf({ area, index }: Place, sheet: Cells["sheet"]): string {
  if (area === "annotations") return sheet.annotations[index] ?? "";
  const column = sheet[area][index];
  return column?.label || (column && "expression" in column ? column.expression : (column?.name ?? ""));
}

/** Down from the box into what can be picked, and on through it; up from the first of it comes back. */
function walked(event: KeyboardEvent, box: HTMLElement | null, panel: HTMLElement | null): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || !panel) return false;
  const stops = [...panel.querySelectorAll<HTMLElement>("button:not([disabled]), input")];
  const at = stops.indexOf(event.target as HTMLElement);
  if (at < 0 && step < 0) return false;
  (stops[at + step] ?? (step < 0 ? box : null))?.focus();
  return stops.length > 0;
}

function afterKey(event: KeyboardEvent): After | null {
  if (event.key === "Escape") return "stay";
  if (event.key === "Tab") return event.shiftKey ? "left" : "right";
  if (event.key !== "Enter" || event.target instanceof HTMLButtonElement) return null;
  return event.shiftKey ? "up" : "down";
}

function useClickOutside(inside: readonly RefObject<HTMLElement | null>[], run: () => void): void {
  const onOutside = useEffectEvent((event: MouseEvent) => {
    const { target } = event;
    if (target instanceof Node && !inside.some(({ current }) => current?.contains(target))) run();
  });
  useEffect(() => {
    const listen = (event: MouseEvent) => onOutside(event);
    document.addEventListener("mousedown", listen, true);
    return () => document.removeEventListener("mousedown", listen, true);
  }, []);
}

const MARGIN = 8;
const WIDTH = 264;

/** Outside of the table, which scrolls; it stays at its cell. */
function Below({
  box,
  panel,
  children,
}: {
  box: RefObject<HTMLInputElement | null>;
  panel: RefObject<HTMLDivElement | null>;
  children: React.ReactNode;
}) {
  const [place, setPlace] = useState<CSSProperties>({ visibility: "hidden" });
  useLayoutEffect(() => {
    const follow = () => {
      const cell = box.current?.closest("td")?.getBoundingClientRect();
      if (!cell || !panel.current) return;
      const { innerWidth, innerHeight } = window;
      const height = panel.current.offsetHeight;
      const under = cell.bottom + height + MARGIN < innerHeight || cell.top < height + MARGIN;
      setPlace({
        width: WIDTH,
        left: Math.max(MARGIN, Math.min(cell.left, innerWidth - WIDTH - MARGIN)),
        top: under ? Math.min(cell.bottom + 2, innerHeight - height - MARGIN) : cell.top - height - 2,
      });
    };
    follow();
    window.addEventListener("scroll", follow, true);
    window.addEventListener("resize", follow);
    return () => {
      window.removeEventListener("scroll", follow, true);
      window.removeEventListener("resize", follow);
    };
  }, [box, panel]);
  return createPortal(
    <div ref={panel} className="cell-panel" style={place}>
      {children}
    </div>,
    document.body,
  );
}
