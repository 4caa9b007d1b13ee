/**
 * One rule in the editor. Structure and text are views of one tree that the server turns into each other: whoever
 * changes one asks it for the other. The latest question counts; an answer to an earlier one is dropped.
 */
import type { Problem } from "@/api";
import type { Tree } from "./tree";

export type View = "zh-CN" | "en";

export interface TestResult {
  readonly name: string;
  readonly passed: boolean;
  readonly problems: readonly Problem[];
}

/** What the server says about a text or a tree. */
export interface Preview {
  readonly text: string | null;
  readonly views: Readonly<Record<View, string>> | null;
  readonly ast: Tree | null;
  readonly problems: readonly Problem[];
  readonly tests: readonly TestResult[];
}

export interface Question {
  readonly body: { readonly text: string; readonly view: View } | { readonly ast: Tree; readonly view: View };
  /** typed: the text stays as it is · edited: it is written anew · shown: nothing is meant to change. */
  readonly why: "typed" | "edited" | "shown";
  /** Known from nothing but the stored text: the view is asked for next. */
  readonly first?: boolean;
}

export interface RuleState {
  /** Language of the text that is shown. */
  readonly view: View;
  readonly shown: string;
  /** The last tree that could be read, or that a card made. */
  readonly tree: Tree | null;
  /** The text that the draft holds. */
  readonly kept: string;
  readonly problems: readonly Problem[];
  readonly tests: readonly TestResult[];
  readonly question: Question | null;
  /** What could not be turned into the other: then the draft keeps what it had. */
  readonly trouble: "text" | "tree" | "server" | null;
  readonly undo: readonly Tree[];
  readonly redo: readonly Tree[];
}

export type RuleEvent =
  | { readonly type: "opened"; readonly text: string }
  | { readonly type: "typed"; readonly text: string }
  | { readonly type: "edited"; readonly tree: Tree }
  | { readonly type: "viewed"; readonly view: View }
  | { readonly type: "undone" }
  | { readonly type: "redone" }
  | { readonly type: "answered"; readonly question: Question; readonly preview: Preview }
  | { readonly type: "unanswered"; readonly question: Question };

const STEPS = 100;

/** A stored text is read in English words; keys and labels are both taken. */
export function opened(text: string, view: View): RuleState {
  return {
    ...{ view, shown: text, tree: null, kept: text, problems: [], tests: [] },
    question: { body: { text, view: "en" }, why: "shown", first: true },
    ...{ trouble: null, undo: [], redo: [] },
  };
}

export function afterEvent(state: RuleState, event: RuleEvent): RuleState {
  switch (event.type) {
    case "opened":
      return opened(event.text, state.view);
    case "typed":
      if (event.text === state.shown) return state;
      return asking(
        { ...state, shown: event.text },
        { body: { text: event.text, view: state.view }, why: "typed" },
      );
    case "edited":
      return edited({ ...state, ...remembered(state), redo: [] }, event.tree);
    case "viewed":
      if (!state.tree || state.view === event.view) return state;
      return asking(
        { ...state, view: event.view },
        { body: { ast: state.tree, view: event.view }, why: "shown" },
      );
    case "undone":
      return stepped(state, "undo", "redo");
    case "redone":
      return stepped(state, "redo", "undo");
    case "answered":
      return event.question === state.question ? answered(state, event.question, event.preview) : state;
    case "unanswered":
      return event.question === state.question ? { ...state, question: null, trouble: "server" } : state;
  }
}

const asking = (state: RuleState, question: Question): RuleState => ({ ...state, question });

function edited(state: RuleState, tree: Tree): RuleState {
  return asking({ ...state, tree }, { body: { ast: tree, view: state.view }, why: "edited" });
}

function remembered({ tree, undo }: RuleState): Pick<RuleState, "undo"> {
  return { undo: tree ? [...undo, tree].slice(-STEPS) : undo };
}

function stepped(state: RuleState, from: "undo" | "redo", to: "undo" | "redo"): RuleState {
  const tree = state[from].at(-1);
  if (!tree || !state.tree) return state;
  return edited({ ...state, [from]: state[from].slice(0, -1), [to]: [...state[to], state.tree] }, tree);
}

function answered(state: RuleState, question: Question, preview: Preview): RuleState {
  const { ast, text, views, problems, tests } = preview;
  const said = { problems, tests, question: null };
  if (!ast || text === null || !views) return { ...state, ...said, ...unread(state, question) };
  const typed = question.why === "typed";
  const before = typed && text !== state.kept ? { ...remembered(state), redo: [] } : {};
  const next: RuleState = {
    ...{ ...state, ...said, ...before, tree: ast, trouble: null },
    shown: typed ? state.shown : views[state.view],
    kept: question.why === "shown" ? state.kept : text,
  };
  if (!question.first) return next;
  return asking(next, { body: { ast, view: state.view }, why: "shown" });
}

/** English words are the draft's own: they are kept before they can be read. Chinese ones wait until then. */
function unread(state: RuleState, { body, why, first }: Question): Partial<RuleState> {
  if ("ast" in body) return { trouble: "tree" };
  const kept = why === "typed" && body.view === "en" ? body.text : state.kept;
  return { trouble: "text", kept, ...(first ? { view: "en" as const } : {}) };
}
