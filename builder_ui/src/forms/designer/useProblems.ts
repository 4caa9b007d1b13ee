import { useCallback, useMemo } from "react";
import type { Problem } from "@/api";
import type { FormDocument } from "../model/document";
import { pathOfField, readLayout, type Path } from "../model/layout";
import { placeInDocument } from "../model/problems";
import { THE_FORM } from "../model/selection";
import type { Design } from "./state";

/** How many problems stand at each node. */
export function useProblemCounts(
  document: FormDocument,
  problems: readonly Problem[],
): (path: Path) => number {
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

/** Selects what a problem is about. */
export function jumpTo(design: Design): (problem: Problem) => void {
  return ({ at }) => {
    const { field, sub, layout } = placeInDocument(at);
    if (field !== undefined && sub !== undefined) design.select({ kind: "column", field, sub });
    else if (field !== undefined) design.select({ kind: "field", field });
    else if (layout) design.selectPath(layout);
    else design.select(THE_FORM);
  };
}
