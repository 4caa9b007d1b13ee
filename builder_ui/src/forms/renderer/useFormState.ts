import { useCallback, useMemo, useState } from "react";
import type { FormRender, Value, Values } from "@/api";
import { compileProgram, type Program } from "../model/program";
import { settle, type Context, type Evaluator, type Inputs, type Settled } from "../model/settle";
import type { Mode } from "./context";
import { useAnswers, type Ask } from "./remote";

interface State {
  readonly program: Program;
  readonly inputs: Inputs;
  readonly settled: Settled;
}

export interface FormState {
  readonly settled: Settled;
  /** Values as they were when the form was opened, rows with keys. */
  readonly start: Values;
  readonly set: (field: string, value: Value) => void;
  readonly assign: (values: Values) => void;
  /** Whether the person has changed anything since the form was drawn. */
  readonly touched: boolean;
}

interface Options {
  readonly form: FormRender;
  /** What is stored, or the defaults. */
  readonly start: Values;
  readonly evaluator: Evaluator;
  readonly scope: Context;
  readonly ask: Ask;
  readonly mode: Mode;
  /** Id of the stored record. */
  readonly record: number | undefined;
  /** Values typed on an earlier visit, over `start`. */
  readonly draft?: Values | undefined;
}

/** The form's values with everything its rules make of them, recomputed for what depends on a change. */
export function useFormState({
  form,
  start,
  evaluator,
  scope,
  ask,
  record,
  draft,
  mode,
}: Options): FormState {
  const program = useMemo(() => compileProgram(form, mode !== "view"), [form, mode]);
  const [kept, setKept] = useState<State>(() =>
    fresh(program, evaluator, { values: { ...start, ...draft }, answers: {}, scope }),
  );
  const [touched, setTouched] = useState(false);
  const state = kept.program === program ? kept : fresh(program, evaluator, kept.inputs);
  if (state !== kept) setKept(state);

  const change = useCallback(
    (edit: (inputs: Inputs) => Inputs) =>
      setKept((before) => {
        const inputs = edit(before.inputs);
        return { ...before, inputs, settled: settle(before.program, evaluator, inputs, before) };
      }),
    [evaluator],
  );
  const assign = useCallback(
    (values: Values) => {
      setTouched(true);
      change((inputs) => ({ ...inputs, values: { ...inputs.values, ...values } }));
    },
    [change],
  );
  const set = useCallback((field: string, value: Value) => assign({ [field]: value }), [assign]);
  const answer = useCallback(
    (answers: Record<string, unknown>) =>
      change((inputs) => ({ ...inputs, answers: { ...inputs.answers, ...answers } })),
    [change],
  );
  useAnswers(form, state.settled, ask, record, answer);
  return { settled: state.settled, start, set, assign, touched };
}

function fresh(program: Program, evaluator: Evaluator, inputs: Inputs): State {
  return { program, inputs, settled: settle(program, evaluator, inputs) };
}
