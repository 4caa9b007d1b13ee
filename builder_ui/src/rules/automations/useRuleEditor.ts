/** The rule that is open: its state, and the server asked after every pause. */
import { useEffect, useReducer } from "react";
import { request, type Draft } from "@/api";
import { currentLanguage } from "@/i18n";
import {
  afterEvent,
  opened,
  type Preview,
  type Question,
  type RuleEvent,
  type RuleState,
} from "./model/state";

const PAUSE_MS = 250;

export function useRuleEditor(draft: Draft): readonly [RuleState, (event: RuleEvent) => void] {
  const [state, tell] = useReducer(afterEvent, draft, () => opened(textOf(draft), currentLanguage()));
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

async function answer(key: string, question: Question, signal: AbortSignal): Promise<RuleEvent | null> {
  try {
    const preview = await request<Preview>("POST", `/drafts/rule/${key}/preview`, {
      body: question.body,
      signal,
    });
    return signal.aborted ? null : { type: "answered", question, preview };
  } catch {
    return signal.aborted ? null : { type: "unanswered", question };
  }
}
