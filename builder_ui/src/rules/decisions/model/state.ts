/**
 * One decision file in the editor. The table that is shown is edited here; the server lays it over the file and
 * says what is wrong. The latest question counts; an answer to an earlier one is dropped.
 */
import type { Problem } from "@/api";
import type { Sheet } from "./sheet";

/** A problem with its cell, counted from 1; 0 is none. */
export interface Finding extends Problem {
  readonly row: number;
  readonly input: number;
  readonly output: number;
}

export interface Listed {
  readonly id: string;
  readonly label: string;
  readonly kind: "decision" | "knowledge";
  readonly logic: string;
  readonly text: string;
}

export interface Trial {
  readonly value: string;
  readonly problems: readonly Problem[];
  readonly matched: readonly number[];
  readonly inputs: readonly string[];
  readonly passed: readonly (readonly number[])[];
  readonly outputs: readonly string[];
}

/** FEEL text by the name of the input data, or by a path into it. */
export type Given = Readonly<Record<string, string>>;

export interface Preview {
  readonly text: string | null;
  readonly decisions: readonly Listed[];
  readonly decision: string;
  readonly grid: Sheet | null;
  readonly needs: Readonly<Record<string, string>>;
  readonly problems: readonly Finding[];
  readonly covered: number | null;
  readonly trial: Trial | null;
}

export interface Body {
  readonly text: string;
  readonly decision?: string;
  readonly grid?: Sheet;
  readonly trial?: Given;
}

export interface Question {
  readonly body: Body;
  /** edited: the file follows · shown: nothing is meant to change */
  readonly why: "edited" | "shown";
}

/** What undo goes back to: a file, and the table that lies over it. */
interface Snapshot {
  readonly base: string;
  readonly decision: string;
  readonly sheet: Sheet | null;
}

export interface DecisionState extends Snapshot {
  /** The text that the draft holds. */
  readonly kept: string;
  readonly decisions: readonly Listed[];
  readonly needs: Readonly<Record<string, string>>;
  readonly problems: readonly Finding[];
  readonly covered: number | null;
  readonly given: Given;
  readonly trial: Trial | null;
  readonly question: Question | null;
  /** Another decision that is to be shown once the file has followed. */
  readonly wanted: string | null;
  /** What was sent could not be written, or nobody answered: then the draft keeps what it had. */
  readonly trouble: "table" | "server" | null;
  readonly undo: readonly Snapshot[];
  readonly redo: readonly Snapshot[];
}

export type DecisionEvent =
  | { readonly type: "opened"; readonly text: string }
  | { readonly type: "edited"; readonly sheet: Sheet }
  | { readonly type: "chosen"; readonly decision: string }
  | { readonly type: "tried"; readonly given: Given }
  | { readonly type: "undone" }
  | { readonly type: "redone" }
  | { readonly type: "answered"; readonly question: Question; readonly preview: Preview }
  | { readonly type: "unanswered"; readonly question: Question };

const STEPS = 200;

export function opened(text: string, given: Given = {}): DecisionState {
  return {
    ...{ base: text, decision: "", sheet: null, kept: text, decisions: [], needs: {}, problems: [] },
    ...{ covered: null, given, trial: null, wanted: null, trouble: null, undo: [], redo: [] },
    question: { body: { text }, why: "shown" },
  };
}

export function afterEvent(state: DecisionState, event: DecisionEvent): DecisionState {
  switch (event.type) {
    case "opened":
      return opened(event.text, state.given);
    case "edited":
      if (event.sheet === state.sheet) return state;
      return edited({ ...state, undo: remembered(state), redo: [] }, { ...state, sheet: event.sheet });
    case "chosen":
      return chosen(state, event.decision);
    case "tried":
      return asking({ ...state, given: event.given }, state.question?.why ?? "shown");
    case "undone":
      return gone(state, "undo", "redo");
    case "redone":
      return gone(state, "redo", "undo");
    case "answered":
      return event.question === state.question ? answered(state, event.question, event.preview) : state;
    case "unanswered":
      return event.question === state.question ? { ...state, question: null, trouble: "server" } : state;
  }
}

const snapshot = ({ base, decision, sheet }: Snapshot): Snapshot => ({ base, decision, sheet });

const remembered = (state: DecisionState) => [...state.undo, snapshot(state)].slice(-STEPS);

function asking(state: DecisionState, why: Question["why"]): DecisionState {
  const { base, decision, sheet, given } = state;
  const trial = Object.keys(given).length > 0 ? { trial: nested(given) } : {};
  const body = { text: base, ...(decision ? { decision } : {}), ...(sheet ? { grid: sheet } : {}), ...trial };
  return { ...state, question: { body, why } };
}

function edited(state: DecisionState, { base, decision, sheet }: Snapshot): DecisionState {
  return asking({ ...state, base, decision, sheet }, "edited");
}

/** Another decision of the file; its table lies over what the draft holds. */
function chosen(state: DecisionState, decision: string): DecisionState {
  if (decision === state.decision) return { ...state, wanted: null };
  if (state.question?.why === "edited") return { ...state, wanted: decision };
  const next = { ...state, undo: remembered(state), redo: [], base: state.kept, decision, sheet: null };
  return asking({ ...next, wanted: null, trial: null }, "shown");
}

function gone(state: DecisionState, from: "undo" | "redo", to: "undo" | "redo"): DecisionState {
  const before = state[from].at(-1);
  if (!before) return state;
  const steps = { [from]: state[from].slice(0, -1), [to]: [...state[to], snapshot(state)] };
  return edited({ ...state, ...steps, wanted: null }, before);
}

function answered(state: DecisionState, question: Question, preview: Preview): DecisionState {
  const said = { problems: preview.problems, question: null };
  if (preview.text === null) return { ...state, ...said, trouble: "table" };
  const next: DecisionState = {
    ...{ ...state, ...said, trouble: null },
    ...{ decisions: preview.decisions, decision: preview.decision, needs: preview.needs },
    ...{ covered: preview.covered, trial: preview.trial },
    sheet: state.sheet ?? preview.grid,
    kept: question.why === "edited" ? preview.text : state.kept,
  };
  return next.wanted === null ? next : chosen(next, next.wanted);
}

/** `customer.grade` is an entry of `customer`: the server gets one FEEL text for each name. */
export function nested(given: Given): Given {
  const plain: Record<string, string> = {};
  const entries: Record<string, Record<string, string>> = {};
  for (const [path, text] of Object.entries(given)) {
    const [name = "", ...rest] = path.split(".");
    if (rest.length === 0) plain[name] = text;
    else entries[name] = { ...entries[name], [rest.join(".")]: text };
  }
  for (const [name, parts] of Object.entries(entries)) plain[name] = contextOf(parts);
  return plain;
}

function contextOf(parts: Readonly<Record<string, string>>): string {
  const inner = nested(parts);
  return `{${Object.entries(inner)
    .map(([name, text]) => `${name}: ${text || "null"}`)
    .join(", ")}}`;
}
