/** Undo and redo over immutable states: every edit is kept with the words that name it. */

/** Names an edit for people: a translation key and what it was done to. */
export interface EditName {
  readonly key: string;
  readonly subject?: string;
}

interface Step<State> {
  readonly name: EditName;
  readonly state: State;
}

export interface History<State> {
  readonly past: readonly Step<State>[];
  readonly present: State;
  readonly future: readonly Step<State>[];
  /** Edits with the same tag in a row (typing in one box) are one step. */
  readonly tag: string | undefined;
}

const LIMIT = 200;

export function start<State>(present: State): History<State> {
  return { past: [], present, future: [], tag: undefined };
}

/** The history after an edit; an edit that changed nothing leaves no step. */
export function record<State>(
  history: History<State>,
  name: EditName,
  state: State,
  tag?: string,
): History<State> {
  if (state === history.present) return history;
  if (tag !== undefined && tag === history.tag) return { ...history, present: state, future: [] };
  const past = [...history.past, { name, state: history.present }].slice(-LIMIT);
  return { past, present: state, future: [], tag };
}

export function undo<State>(history: History<State>): History<State> {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  const future = [{ name: last.name, state: history.present }, ...history.future];
  return { past: history.past.slice(0, -1), present: last.state, future, tag: undefined };
}

export function redo<State>(history: History<State>): History<State> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  const past = [...history.past, { name: next.name, state: history.present }];
  return { past, present: next.state, future, tag: undefined };
}

export function nextUndo<State>(history: History<State>): EditName | undefined {
  return history.past.at(-1)?.name;
}

export function nextRedo<State>(history: History<State>): EditName | undefined {
  return history.future[0]?.name;
}
