import { useCallback, useState } from "react";
import { nodeAt, type Layout, type Path } from "../model/layout";

/** Which tab of each set is open: the one that holds the selection, else the one opened last. */
export function useTabs(layout: Layout, selected: Path | undefined): (path: string) => number | undefined {
  const [open, setOpen] = useState<Readonly<Record<string, number>>>({});
  const around = selected ? tabsAround(layout, selected) : [];
  const missing = around.filter(([set, tab]) => open[set] !== tab);
  if (missing.length > 0) setOpen({ ...open, ...Object.fromEntries(missing) });
  return useCallback((path) => open[path], [open]);
}

function tabsAround(layout: Layout, selected: Path): [string, number][] {
  return selected.flatMap((index, depth): [string, number][] => {
    const set = selected.slice(0, depth);
    return nodeAt(layout, set)?.kind === "tabs" ? [[set.join("."), index]] : [];
  });
}
