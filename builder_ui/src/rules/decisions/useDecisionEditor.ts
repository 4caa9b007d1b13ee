/** The decision that is open: its state, and the server asked after every pause. */
import { useEffect, useReducer } from "react";
import { request, type Draft } from "@/api";
import {
  afterEvent,
  opened,
  type DecisionEvent,
  type DecisionState,
  type Preview,
  type Question,
} from "./model/state";

const PAUSE_MS = 200;

export function useDecisionEditor(draft: Draft): readonly [DecisionState, (event: DecisionEvent) => void] {
  const [state, tell] = useReducer(afterEvent, draft, () => opened(textOf(draft)));
  const { question } = state;
  useEffect(() => {
    if (!question) return undefined;
    const stop = new AbortController();
    const ask = () => void answer(draft.key, question, stop.signal).then((event) => event && tell(event));
    const timer = setTimeout(ask, question.why === "shown" ? 0 : PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [question, draft.key]);
  return [state, tell];
}

export const textOf = (draft: Draft) => draft.text ?? "";

async function answer(key: string, question: Question, signal: AbortSignal): Promise<DecisionEvent | null> {
  try {
    const preview = await request<Preview>("POST", `/drafts/decision/${key}/preview`, {
      body: question.body,
      signal,
    });
    return signal.aborted ? null : { type: "answered", question, preview };
  } catch {
    return signal.aborted ? null : { type: "unanswered", question };
  }
}
