/** The server is asked what a draft says: after every pause, at once for what is only shown. */
import { useEffect } from "react";
import { request } from "@/api";

interface Question {
  readonly body: unknown;
  readonly why: string;
}

type Told<Asked, Preview> =
  | { readonly type: "answered"; readonly question: Asked; readonly preview: Preview }
  | { readonly type: "unanswered"; readonly question: Asked };

/** `tell` hears of each answer with its question; of a question that a later one overtook it hears nothing. */
export function useAnswers<Asked extends Question, Preview>(
  path: string,
  question: Asked | null,
  pauseMs: number,
  tell: (event: Told<Asked, Preview>) => void,
): void {
  useEffect(() => {
    if (!question) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const ask = async () => {
      try {
        const preview = await request<Preview>("POST", path, { body: question.body, signal });
        if (!signal.aborted) tell({ type: "answered", question, preview });
      } catch {
        if (!signal.aborted) tell({ type: "unanswered", question });
      }
    };
    const timer = setTimeout(() => void ask(), question.why === "shown" ? 0 : pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, question, pauseMs, tell]);
}
