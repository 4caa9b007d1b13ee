import type { Json, Problem, Value, Values } from "@/api";

/** One field that somebody else changed after the record was opened here. */
export interface Conflict {
  field: string;
  /** Who changed it; null when the server does not say. */
  by: string | null;
  theirs: Value;
}

function nameOf(by: Json | undefined): string | null {
  if (typeof by === "string") return by;
  if (typeof by !== "object" || by === null || Array.isArray(by)) return null;
  const name = by["name"] ?? by["title"];
  return typeof name === "string" ? name : null;
}

/** The fields a 409 names. Empty when it refuses for another reason. */
export function conflictsOf(problems: readonly Problem[]): Conflict[] {
  return problems.flatMap(({ params, at }) => {
    // In a sub-table `field` is the column; the place names the table, which is what is kept or given up.
    const field = /^\/values\/([^/]+)/.exec(at ?? "")?.[1] ?? params?.["field"];
    if (typeof field !== "string" || params?.["field"] === undefined) return [];
    return [{ field, by: nameOf(params?.["by"]), theirs: params?.["value"] ?? null }];
  });
}

/** What is sent again: my changes without the fields given up. */
export function resolved(mine: Values, givenUp: ReadonlySet<string>): Values {
  return Object.fromEntries(Object.entries(mine).filter(([field]) => !givenUp.has(field)));
}
