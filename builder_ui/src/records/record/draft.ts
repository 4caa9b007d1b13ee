import { useCallback, useEffect, useRef, useState } from "react";
import type { Values } from "@/api";
import { stored } from "@/ui";

interface Kept {
  /** rev of the record it was typed over; null for a new record */
  rev: number | null;
  at: string;
  /** What was entered, no other field: what others save meanwhile stays theirs. */
  values: Values;
}

export interface DraftKeeper {
  /** A draft of an earlier visit that waits for an answer. */
  found: Kept | null;
  /** The values to start with after the answer "restore". */
  values: Values | undefined;
  /** The revision the values were typed over, so that the server sees what others changed since. */
  rev: number | null;
  restore: () => void;
  discard: () => void;
  keep: (values: Values) => void;
}

const QUIET_MS = 600;

function place(user: number, form: string, id: number | "new"): string {
  return `dougong.draft.${user}.${form}.${id}`;
}

/** Keeps what is being typed in this browser, so that a closed tab or an ended session loses nothing. */
export function useDraft(user: number, form: string, id: number | "new", rev: number | null): DraftKeeper {
  const key = place(user, form, id);
  const [found, setFound] = useState<Kept | null>(() => stored.read<Kept | null>(key, null));
  const [values, setValues] = useState<Values>();
  const [base, setBase] = useState(rev);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);
  const keep = useCallback(
    (next: Values) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const kept: Kept = { rev: base, at: new Date().toISOString(), values: next };
        stored.write(key, Object.keys(next).length > 0 ? kept : undefined);
      }, QUIET_MS);
    },
    [key, base],
  );
  const discard = useCallback(() => {
    clearTimeout(timer.current);
    stored.write(key, undefined);
    setFound(null);
  }, [key]);
  const restore = useCallback(() => {
    if (!found) return;
    setValues(found.values);
    setBase(found.rev);
    setFound(null);
  }, [found]);
  return { found, values, rev: base, restore, discard, keep };
}
