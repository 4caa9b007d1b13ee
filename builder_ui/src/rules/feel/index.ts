/**
 * FEEL in the browser: evaluates the IR that the server compiled, with exact decimals and the same answers.
 *
 *   const { value, problems } = evaluate(expr.ir, { values, types, zone: "Asia/Shanghai" }, new Date());
 *
 * `values` is JSON as the API sends it, `types` says what each name is (see `json.ts`); dates go in and come out as
 * ISO text. Where an expression has no IR (null), ask the server. `run` does the same with values that are converted
 * already, and keeps all digits.
 */
import { inZone, fromJson, toJson, type FeelType, type Json } from "./json";
import { walk } from "./interpreter";
import type { Ir } from "./ir";
import { Machine, type RunProblem } from "./machine";
import { rounded } from "./functions/number";
import type { FeelDateTime } from "./values";
import { BudgetFault, Decimal, isNumber, type FeelValue } from "./values";

export interface EvaluationContext {
  readonly values: { readonly [name: string]: Json };
  readonly types: { readonly [name: string]: FeelType };
  /** IANA name of the workspace's zone. */
  readonly zone: string;
}

export interface Outcome<Value> {
  readonly value: Value;
  readonly problems: readonly RunProblem[];
}

export function evaluate(ir: Ir, context: EvaluationContext, now: Date | string): Outcome<Json> {
  const { value, problems } = run(ir, readContext(context), momentOf(now, context.zone), declaredIn(context));
  return { value: toJson(value), problems };
}

/** Evaluates over converted values; `declared` names without a value are null with a milder problem. */
export function run(
  ir: Ir,
  names: ReadonlyMap<string, FeelValue>,
  now: FeelDateTime,
  declared: ReadonlySet<string> = new Set(names.keys()),
): Outcome<FeelValue> {
  const machine = new Machine(names, now, declared);
  try {
    return { value: walk(machine, ir), problems: machine.problems };
  } catch (spent) {
    if (!(spent instanceof BudgetFault)) throw spent;
    return { value: null, problems: [...machine.problems, { code: spent.code }] };
  }
}

export function readContext({ values, types, zone }: EvaluationContext): ReadonlyMap<string, FeelValue> {
  const given = Object.entries(values).filter(([name]) => Object.hasOwn(types, name));
  return new Map(given.map(([name, value]) => [name, fromJson(value, types[name]!, zone)]));
}

const declaredIn = ({ types }: EvaluationContext) => new Set(Object.keys(types));

/** A moment on the wall clock of `zone`; throws for text that is no moment. */
export function momentOf(now: Date | string, zone: string): FeelDateTime {
  const moment = inZone(typeof now === "string" ? now : now.toISOString(), zone);
  if (!moment) throw new TypeError(`no moment: ${String(now)}`);
  return moment;
}

/** A number fitted to a field's scale, half-even, as the server does when it stores a result. */
export function roundHalfEven(value: FeelValue, scale: number): FeelValue {
  return isNumber(value) ? rounded(value, new Decimal(scale), Decimal.ROUND_HALF_EVEN) : value;
}

export { fromJson, toJson, type FeelType, type Json } from "./json";
export type { Ir } from "./ir";
export type { RunProblem } from "./machine";
export type { FeelContext, FeelValue } from "./values";
