/** The draft on the server: loaded once, saved after every pause, never over somebody else's newer state. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, ApiProblem, keys, sentenceOf, type Draft, type Json, type Problem } from "@/api";
import type { FormDocument } from "../model/document";

const PAUSE_MS = 600;

export type SaveState = "saved" | "waiting" | "saving" | "failed" | "conflict";

export interface DraftKeeper {
  readonly save: SaveState;
  readonly savedAt: Date | undefined;
  readonly problems: readonly Problem[];
  /** Why saving failed. */
  readonly reason: string;
  /** Draft of somebody else that stands in the way. */
  readonly theirs: Draft | undefined;
  /** Saves what is open at once; resolves when the server has it. */
  readonly flush: () => Promise<void>;
  /** Saves ours over theirs. */
  readonly overwrite: () => void;
  /** Goes on from theirs, whose document the designer now shows. */
  readonly accept: (draft: Draft, document: FormDocument) => void;
}

export function useLoadedDraft(kind: string, key: string) {
  return useQuery({
    queryKey: keys.draft(kind, key),
    queryFn: ({ signal }) => api.get<Draft>(`/drafts/${kind}/${key}`, undefined, signal),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

interface Saved {
  readonly rev: number;
  readonly problems: Problem[];
}

interface Status {
  readonly save: SaveState;
  readonly savedAt: Date | undefined;
  readonly problems: readonly Problem[];
  readonly reason: string;
  readonly theirs: Draft | undefined;
}

export function useDraftKeeper(draft: Draft, document: FormDocument): DraftKeeper {
  const queries = useQueryClient();
  const path = `/drafts/${draft.kind}/${draft.key}`;
  const rev = useRef(draft.rev);
  const stored = useRef(document);
  const running = useRef<Promise<void> | null>(null);
  /** Asked and answered: what somebody else saved a moment ago is written over. */
  const takeOver = useRef(false);
  const latest = useRef(document);
  const [status, setStatus] = useState<Status>({
    save: "saved",
    savedAt: undefined,
    problems: draft.problems,
    reason: "",
    theirs: undefined,
  });
  const change = useCallback((next: Partial<Status>) => setStatus((before) => ({ ...before, ...next })), []);

  const fail = useCallback(
    async (error: unknown) => {
      const conflict = error instanceof ApiProblem && error.status === 409;
      if (conflict) change({ save: "conflict", theirs: await api.get<Draft>(path) });
      else change({ save: "failed", reason: sentenceOf(error) });
    },
    [change, path],
  );

  const write = useCallback(async () => {
    const sent = latest.current;
    change({ save: "saving" });
    try {
      const body = { rev: rev.current, document: sent as unknown as Json };
      const saved = await api.put<Saved>(path, takeOver.current ? { ...body, take_over: true } : body);
      takeOver.current = false;
      rev.current = saved.rev;
      stored.current = sent;
      const isLatest = latest.current === sent;
      change({
        save: isLatest ? "saved" : "waiting",
        savedAt: new Date(),
        problems: saved.problems,
        reason: "",
      });
      void queries.invalidateQueries({ queryKey: keys.definitions });
    } catch (error) {
      await fail(error);
    }
  }, [change, fail, path, queries]);

  /** One save at a time; the next one takes what is newest then. */
  const flush = useCallback(async () => {
    if (running.current) await running.current;
    if (stored.current === latest.current) return;
    running.current = write().finally(() => {
      running.current = null;
    });
    await running.current;
  }, [write]);

  useEffect(() => {
    latest.current = document;
    if (stored.current === document || status.save === "conflict") return undefined;
    const timer = setTimeout(() => void flush(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [document, flush, status.save]);

  useWarningBeforeLeaving(() => stored.current !== latest.current);

  return {
    ...status,
    save: status.save === "saved" && stored.current !== document ? "waiting" : status.save,
    flush,
    overwrite: () => {
      rev.current = status.theirs?.rev ?? rev.current;
      takeOver.current = true;
      change({ save: "waiting", theirs: undefined });
    },
    accept: (theirs, loaded) => {
      rev.current = theirs.rev;
      stored.current = loaded;
      change({ save: "saved", theirs: undefined, problems: theirs.problems });
    },
  };
}

function useWarningBeforeLeaving(isOpen: () => boolean): void {
  const open = useRef(isOpen);
  open.current = isOpen;
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (open.current()) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, []);
}
