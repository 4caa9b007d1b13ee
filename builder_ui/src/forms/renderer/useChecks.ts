import { useMemo, useState } from "react";
import type { ApiProblem, FormRender } from "@/api";
import { label, useT } from "@/i18n";
import { FIELD_SPECS } from "../fields/specs";
import type { Settled } from "../model/settle";
import { validate } from "../model/validate";
import { NO_PROBLEMS, sortProblems } from "./serverProblems";

export interface Checks {
  /** Messages shown at a place: nothing before the first attempt to send. */
  readonly errorAt: (place: string) => string | undefined;
  readonly warningAt: (field: string) => string | undefined;
  readonly general: readonly string[];
  readonly count: number;
  /** Turns the messages on; true when something must be corrected first. */
  readonly findErrors: () => boolean;
  readonly refuse: (problem: ApiProblem) => void;
}

/** What is wrong with the entered values: the browser's findings and what the server refused. */
export function useChecks(form: FormRender, settled: Settled): Checks {
  const t = useT();
  const [attempted, setAttempted] = useState(false);
  const [refused, setRefused] = useState({ problems: NO_PROBLEMS, values: settled.values });
  const found = useMemo(
    () => validate(form, settled, (field, value) => FIELD_SPECS[field.type].check(field, value)),
    [form, settled],
  );
  const rejected = form.checks.filter(
    ({ id, at }) => settled.rejected.has(id) && settled.states[fieldName(at)]?.visible !== false,
  );
  const broken = rejected.filter(({ severity }) => severity !== "warning");
  const warned = rejected.filter(({ severity }) => severity === "warning");
  const brokenAt = (place: string) =>
    label(broken.find(({ at }) => fieldName(at) === place)?.message) || undefined;
  const said = (place: string): string | undefined => {
    const error = found.get(place);
    return error ? t(`forms.${error.key}`, error.params) : brokenAt(place);
  };
  const ofServer = (place: string) => {
    const field = place.split("/")[0] ?? place;
    const untouched = refused.values[field] === settled.values[field];
    return untouched ? refused.problems.byPlace.get(place) : undefined;
  };
  const placeless = broken.filter(({ at }) => !at).map(({ message }) => label(message));
  return {
    errorAt: (place) => (attempted ? said(place) : undefined) ?? ofServer(place),
    warningAt: (field) => label(warned.find(({ at }) => fieldName(at) === field)?.message) || undefined,
    general: [...refused.problems.general, ...(attempted ? placeless : [])],
    count: attempted ? found.size + broken.length : 0,
    findErrors: () => {
      setAttempted(true);
      return found.size > 0 || broken.length > 0;
    },
    refuse: (problem) => {
      const sorted = sortProblems(form, problem.problems);
      const alone = problem.problems.length === 0 ? [problem.message] : [];
      setRefused({ problems: { ...sorted, general: [...sorted.general, ...alone] }, values: settled.values });
    },
  };
}

function fieldName(at: string | null | undefined): string {
  return (at ?? "").replace(/^\//, "").replace(/^fields\//, "");
}
