/** Asking the server for expressions that the browser does not evaluate. */
import { useEffect, useRef } from "react";
import { api, type FormRender, type Values } from "@/api";
import type { Rule } from "../model/program";
import { rowsOfValue, type Settled } from "../model/settle";

const PAUSE_MS = 250;

/** One question: an expression of a published form over the values on screen. */
export interface Question {
  readonly id: string;
  readonly rule: Rule;
  readonly values: Values;
  /** Place of the row, for an expression of a sub-table. */
  readonly row?: number;
}

/** `record`: the stored record that is being edited. */
export type Ask = (form: FormRender, question: Question, record: number | undefined) => Promise<unknown>;

export const askServer: Ask = async (form, { rule, values, row }, record) => {
  const body = { form: form.key, version: form.version, expression_id: rule.expr.id, values, row, record };
  return (await api.post<{ value: unknown }>("/evaluate", body)).value;
};

/** The questions of a pass; a row rule asks once per row. */
export function questionsOf({ ask, values }: Settled): Question[] {
  return ask.flatMap((rule): Question[] => {
    if (rule.sub === undefined) return [{ id: rule.expr.id, rule, values }];
    return rowsOfValue(values[rule.field]).map(({ key }, row) => ({
      id: `${rule.expr.id}@${key}`,
      rule,
      values,
      row,
    }));
  });
}

/** Names a question by what its expression reads, so that the same one is not asked twice. */
function mark({ id, rule, values, row }: Question): string {
  const cells = row === undefined ? undefined : rowsOfValue(values[rule.field])[row]?.values;
  return id + JSON.stringify([...rule.reads].map((name) => cells?.[name] ?? values[name] ?? null));
}

/** Sends open questions after a pause in typing; an answer that comes late for newer values is dropped. */
export function useAnswers(
  form: FormRender,
  settled: Settled,
  ask: Ask,
  record: number | undefined,
  onAnswers: (answers: Record<string, unknown>) => void,
): void {
  const latest = useRef(new Map<string, string>());
  useEffect(() => {
    const open = questionsOf(settled).filter(
      (question) => latest.current.get(question.id) !== mark(question),
    );
    if (open.length === 0) return undefined;
    const timer = setTimeout(() => {
      open.forEach((question) => latest.current.set(question.id, mark(question)));
      void answersOf(form, open, ask, record).then((answers) =>
        onAnswers(stillAsked(answers, open, latest.current)),
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [form, settled, ask, record, onAnswers]);
}

/** Unanswered questions are left out: the field keeps what it shows, the server decides when the record is saved. */
async function answersOf(
  form: FormRender,
  open: readonly Question[],
  ask: Ask,
  record: number | undefined,
): Promise<Map<string, unknown>> {
  const results = await Promise.allSettled(open.map((question) => ask(form, question, record)));
  const answers = new Map<string, unknown>();
  results.forEach((result, index) => {
    const question = open[index];
    if (question && result.status === "fulfilled") answers.set(question.id, result.value);
  });
  return answers;
}

function stillAsked(
  answers: ReadonlyMap<string, unknown>,
  open: readonly Question[],
  latest: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const current = open.filter(
    (question) => answers.has(question.id) && latest.get(question.id) === mark(question),
  );
  return Object.fromEntries(current.map(({ id }) => [id, answers.get(id)]));
}
