/** The draft on the server: loaded once, saved after every pause, never over somebody else's newer state. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { api, ApiProblem, keys, sentenceOf, type Draft, type Problem } from "@/api";
import { DraftWriter } from "./DraftWriter";

const PAUSE_MS = 600;

export type SaveState = "saved" | "waiting" | "saving" | "failed" | "conflict";

interface Status {
  readonly save: SaveState;
  readonly savedAt: Date | undefined;
  readonly problems: readonly Problem[];
  /** Why saving failed. */
  readonly reason: string;
  /** Draft of somebody else that stands in the way. */
  readonly theirs: Draft | undefined;
}

/** What screens show of a draft, whatever it holds. */
export interface DraftStatus extends Status {
  /** Saves what is open at once; resolves to whether the server has it. */
  readonly flush: () => Promise<boolean>;
  /** Saves ours over theirs. */
  readonly overwrite: () => void;
}

export interface DraftKeeper<Document> extends DraftStatus {
  /** Goes on from theirs, whose document the designer now shows. */
  readonly accept: (draft: Draft, document: Document) => void;
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

export function useDraftKeeper<Document>(draft: Draft, document: Document): DraftKeeper<Document> {
  const [writer] = useState(() => new DraftWriter(`/drafts/${draft.kind}/${draft.key}`, draft.rev, document));
  const [status, setStatus] = useState<Status>({
    save: "saved",
    savedAt: undefined,
    problems: draft.problems,
    reason: "",
    theirs: undefined,
  });
  const change = useCallback((next: Partial<Status>) => setStatus((before) => ({ ...before, ...next })), []);
  const flush = useFlush(writer, document, change);
  const isWaiting = !writer.has(document);
  useAutosave(document, isWaiting && status.save !== "conflict", flush);
  useWarningBeforeLeaving(isWaiting);
  return {
    ...status,
    save: status.save === "saved" && isWaiting ? "waiting" : status.save,
    flush,
    overwrite: () => {
      if (status.theirs) writer.takeOver(status.theirs.rev);
      change({ save: "waiting", theirs: undefined });
    },
    accept: (theirs, loaded) => {
      writer.goOnFrom(theirs.rev, loaded);
      change({ save: "saved", theirs: undefined, problems: theirs.problems });
    },
  };
}

function useFlush<Document>(
  writer: DraftWriter<Document>,
  document: Document,
  change: (next: Partial<Status>) => void,
) {
  const queries = useQueryClient();
  return useCallback(async () => {
    if (writer.has(document)) return true;
    change({ save: "saving" });
    try {
      const { problems } = await writer.write(document);
      change({ save: "saved", savedAt: new Date(), problems, reason: "" });
      void queries.invalidateQueries({ queryKey: keys.definitions });
      return true;
    } catch (error) {
      change(await failureOf(error, writer.path));
      return false;
    }
  }, [writer, document, change, queries]);
}

async function failureOf(error: unknown, path: string): Promise<Partial<Status>> {
  const isConflict = error instanceof ApiProblem && error.status === 409;
  if (!isConflict) return { save: "failed", reason: sentenceOf(error) };
  return { save: "conflict", theirs: await api.get<Draft>(path) };
}

function useAutosave(document: unknown, wanted: boolean, flush: () => Promise<boolean>): void {
  const save = useEffectEvent(() => void flush());
  useEffect(() => {
    if (!wanted) return undefined;
    const timer = setTimeout(() => save(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [document, wanted]);
}

function useWarningBeforeLeaving(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isOpen]);
}
