/** The decision that is open: its state, and what the server says of it. */
import { useReducer } from "react";
import type { Draft } from "@/api";
import { useAnswers } from "../drafts/useAnswers";
import { afterEvent, opened, type DecisionEvent, type DecisionState } from "./model/state";

const PAUSE_MS = 200;

export function useDecisionEditor(draft: Draft): readonly [DecisionState, (event: DecisionEvent) => void] {
  const [state, tell] = useReducer(afterEvent, draft, () => opened(textOf(draft)));
  useAnswers(`/drafts/decision/${draft.key}/preview`, state.question, PAUSE_MS, tell);
  return [state, tell];
}

export const textOf = (draft: Draft) => draft.text ?? "";
