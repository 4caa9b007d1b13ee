/** The rule that is open: its state, and what the server says of it. */
import { useReducer } from "react";
import type { Draft } from "@/api";
import { currentLanguage } from "@/i18n";
import { useAnswers } from "../drafts/useAnswers";
import { afterEvent, opened, type RuleEvent, type RuleState } from "./model/state";

const PAUSE_MS = 250;

export function useRuleEditor(draft: Draft): readonly [RuleState, (event: RuleEvent) => void] {
  const [state, tell] = useReducer(afterEvent, draft, () => opened(textOf(draft), currentLanguage()));
  useAnswers(`/drafts/rule/${draft.key}/preview`, state.question, PAUSE_MS, tell);
  return [state, tell];
}

export const textOf = (draft: Draft) => draft.text ?? "";
