/** Measuring the sheet: where every drawn node lies, in coordinates of the overlay above it. */
import type { Box, Rect } from "../model/drop";
import type { Path } from "../model/layout";

export function relative(rect: DOMRect, origin: DOMRect): Rect {
  return {
    left: rect.left - origin.left,
    top: rect.top - origin.top,
    right: rect.right - origin.left,
    bottom: rect.bottom - origin.top,
  };
}

export function pathOfText(text: string): Path {
  return text.split(".").map(Number);
}

/** Every drawn node; a tab is measured by its button. */
export function measure(sheet: HTMLElement): Box[] {
  const origin = sheet.getBoundingClientRect();
  return [...sheet.querySelectorAll<HTMLElement>("[data-node]")].map((element) => ({
    path: pathOfText(element.dataset["node"] ?? ""),
    rect: relative(element.getBoundingClientRect(), origin),
  }));
}

/** The same for dropping: an open tab is where its body is, closed ones take nothing. */
export function measureForDrop(sheet: HTMLElement): Box[] {
  const bodies = tabBodies(sheet);
  const tabs = new Set([...sheet.querySelectorAll<HTMLElement>("[role=tab] [data-node]")].map(nodeText));
  const boxes = measure(sheet).filter(({ path }) => !tabs.has(path.join(".")));
  return [...boxes, ...bodies];
}

function nodeText(element: HTMLElement): string {
  return element.dataset["node"] ?? "";
}

function tabBodies(sheet: HTMLElement): Box[] {
  const origin = sheet.getBoundingClientRect();
  return [...sheet.querySelectorAll<HTMLElement>(".tabset")].flatMap((set) => {
    const open = set.querySelector<HTMLElement>(":scope > .tabs [aria-selected=true] [data-node]");
    const body = set.querySelector<HTMLElement>(":scope > .tabpanel");
    if (!open || !body) return [];
    return [{ path: pathOfText(nodeText(open)), rect: relative(body.getBoundingClientRect(), origin) }];
  });
}
