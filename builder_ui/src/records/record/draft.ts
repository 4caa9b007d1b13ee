import { useCallback, useEffect, useRef, useState } from "react";
import type { Values } from "@/api";
import { stored } from "@/ui";
import { basisOf, rebased } from "../model/rebase";
import type { Seen } from "./useSave";

interface Kept {
  /** rev of the record it was typed over; null for a new record */
  rev: number | null;
  at: string;
  /** What was entered, no other field: what others save meanwhile stays theirs. */
  values: Values;
  /** The rows of its sub-tables as they stood then. */
  base?: Values;
}

export interface DraftKeeper {
  /** A draft of an earlier visit that waits for an answer. */
  found: Kept | null;
  /** The values to start with after the answer "restore". */
  values: Values | undefined;
  /** What the values were typed over, so that the server sees what others changed since. */
  seen: Seen;
  restore: () => void;
  discard: () => void;
  keep: (values: Values) => void;
}

const QUIET_MS = 600;
const NOTHING: Seen = { rev: 0, values: {} };

function place(user: number, form: string, id: number | "new"): string {
  return `dougong.draft.${user}.${form}.${id}`;
}

/** Keeps what is being typed in this browser, so that a closed tab or an ended session loses nothing. */
export function useDraft(
  user: number,
  form: string,
  id: number | "new",
  record: Seen = NOTHING,
): DraftKeeper {
  const key = place(user, form, id);
  const [found, setFound] = useState<Kept | null>(() => stored.read<Kept | null>(key, null));
  const [values, setValues] = useState<Values>();
  // What others save while the form is open is not what was typed over.
  const [opened] = useState(record);
  const [seen, setSeen] = useState(opened);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);
  const keep = useCallback(
    (next: Values) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const base = basisOf(next, opened.values);
        const kept: Kept = { rev: seen.rev, at: new Date().toISOString(), values: next, base };
        stored.write(key, Object.keys(next).length > 0 ? kept : undefined);
      }, QUIET_MS);
    },
    [key, seen.rev, opened.values],
  );
  const discard = useCallback(() => {
    clearTimeout(timer.current);
    stored.write(key, undefined);
    setFound(null);
  }, [key]);
  const restore = useCallback(() => {
    if (!found) return;
    const { base = {}, rev } = found;
    setValues(rebased(found.values, base, opened.values));
    setSeen({ rev: rev ?? opened.rev, values: { ...opened.values, ...base } });
    setFound(null);
  }, [found, opened]);
  return { found, values, seen, restore, discard, keep };
}
