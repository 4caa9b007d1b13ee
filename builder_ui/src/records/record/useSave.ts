import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api, ApiProblem, keys, type FormRender, type RecordView, type Values } from "@/api";
import { conflictsOf, resolved, type Clash } from "../model/conflict";

/** Revision and values that the changes were typed over. */
export interface Seen {
  rev: number;
  values: Values;
}

/**
 * Saves changes typed over what was `seen` of a record; a clash with another person's change becomes a question
 * instead of an error.
 */
export function useSave(form: FormRender, id: number, seen: Seen, onSaved: (record: RecordView) => void) {
  const queries = useQueryClient();
  const [clash, setClash] = useState<Clash | null>(null);
  const [busy, setBusy] = useState(false);

  const patch = async (rev: number, values: Values) => {
    const path = `/forms/${form.key}/records/${id}`;
    const saved =
      Object.keys(values).length === 0
        ? await api.get<RecordView>(path)
        : await api.patch<RecordView>(path, { rev, values });
    await queries.invalidateQueries({ queryKey: keys.records(form.key) });
    onSaved(saved);
  };
  const save = async (values: Values) => {
    try {
      await patch(seen.rev, values);
    } catch (error) {
      const conflicts =
        error instanceof ApiProblem && error.status === 409 ? conflictsOf(error.problems) : [];
      if (conflicts.length === 0) throw error;
      const now = await api.get<RecordView>(`/forms/${form.key}/records/${id}`);
      setClash({ mine: values, base: seen.values, now: now.values, rev: now.rev, conflicts });
    }
  };
  /** Sends again over the state that the question showed; what is refused then is thrown to the caller. */
  const resolve = async (givenUp: ReadonlySet<string>) => {
    if (!clash) return;
    setBusy(true);
    try {
      await patch(clash.rev, resolved(form, clash, givenUp));
    } finally {
      setBusy(false);
      setClash(null);
    }
  };
  return { save, clash, busy, resolve, dismiss: () => setClash(null) };
}

/** One key per content: the same values sent twice make one record, changed values make a new attempt. */
export function useIdempotencyKey(): (values: Values) => string {
  const last = useRef({ content: "", key: "" });
  return (values) => {
    const content = JSON.stringify(values);
    if (content !== last.current.content) last.current = { content, key: crypto.randomUUID() };
    return last.current.key;
  };
}

/** The message after a save, with what checks warned of. */
export function savedText(text: string, { warnings = [] }: RecordView): string {
  return [text, ...warnings.map((warning) => warning.message)].join(" ");
}
