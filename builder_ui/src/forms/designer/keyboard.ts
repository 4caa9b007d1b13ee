/** The keys of the canvas and of the outline. */
import type { KeyboardEvent } from "react";
import { walk, type Layout, type Path } from "../model/layout";
import { pathOf, THE_FORM } from "../model/selection";
import * as actions from "./actions";
import type { Design, Edit } from "./state";

interface Target {
  readonly design: Design;
  readonly layout: Layout;
  readonly apply: (edit: Edit | undefined) => void;
  readonly rename: () => void;
}

export function canvasKeys(target: Target): (event: KeyboardEvent) => void {
  return (event) => {
    const run = commandOf(event, target);
    if (run === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
}

function commandOf(event: KeyboardEvent, target: Target): (() => void) | undefined {
  const { design, apply, rename } = target;
  const { document, selection } = design;
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === "d") return () => apply(actions.duplicate(document, selection));
  if (control) return undefined;
  if (event.altKey) return moveOf(event.key, target);
  if (event.key === "Enter" || event.key === "F2") return selection.kind === "form" ? undefined : rename;
  if (event.key === "Delete" || event.key === "Backspace")
    return () => apply(actions.removeSelected(document, selection));
  if (event.key === "Escape") return () => design.select(THE_FORM);
  return walkOf(event.key, target);
}

function moveOf(key: string, { design, apply }: Target): (() => void) | undefined {
  const direction = ({ ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 } as const)[key];
  if (direction === undefined) return undefined;
  return () => apply(actions.moveBy(design.document, design.selection, direction));
}

/** Up and down in reading order, left to what is around, right to what is inside. */
function walkOf(key: string, { design, layout }: Target): (() => void) | undefined {
  const paths = walk(layout).map(({ path }) => path);
  const here = pathOf(design.document, design.selection);
  const next = nextPath(key, paths, here);
  return next && (() => design.selectPath(next));
}

function nextPath(key: string, paths: readonly Path[], here: Path | undefined): Path | undefined {
  const at = here ? paths.findIndex((path) => path.join() === here.join()) : -1;
  switch (key) {
    case "ArrowDown":
      return paths[at + 1];
    case "ArrowUp":
      return at > 0 ? paths[at - 1] : undefined;
    case "ArrowRight":
      return here && paths[at + 1]?.length === here.length + 1 ? paths[at + 1] : undefined;
    case "ArrowLeft":
      return here && here.length > 1 ? here.slice(0, -1) : undefined;
    case "Home":
      return paths[0];
    case "End":
      return paths.at(-1);
    default:
      return undefined;
  }
}
