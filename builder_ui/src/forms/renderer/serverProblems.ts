/** What the server refused, sorted to the fields it is about. */
import type { FormRender, Problem } from "@/api";
import { placeInValues } from "../model/problems";
import { cellPlace } from "../model/validate";

export interface SortedProblems {
  /** By `field` or `field/row/column`. */
  readonly byPlace: ReadonlyMap<string, string>;
  /** Those that belong to no field on this form. */
  readonly general: readonly string[];
}

export const NO_PROBLEMS: SortedProblems = { byPlace: new Map(), general: [] };

export function sortProblems(form: FormRender, problems: readonly Problem[]): SortedProblems {
  const byPlace = new Map<string, string>();
  const general: string[] = [];
  for (const problem of problems) {
    const place = placeOf(form, problem);
    if (place === undefined) general.push(sentence(problem));
    else byPlace.set(place, [byPlace.get(place), sentence(problem)].filter(Boolean).join(" "));
  }
  return { byPlace, general };
}

function sentence({ message, hint }: Problem): string {
  return hint ? `${message} ${hint}` : message;
}

/** A conflict names its field as a parameter, everything else by its place. */
function placeOf(form: FormRender, problem: Problem): string | undefined {
  const named = problem.params?.["field"];
  const { field = typeof named === "string" ? named : undefined, row, sub } = placeInValues(problem.at);
  if (field === undefined || !(field in form.fields)) return undefined;
  return row !== undefined && sub !== undefined ? cellPlace(field, row, sub) : field;
}
