/**
 * What a form shows for the values a person has entered: formulas, visibility, what is required or read-only.
 *
 * Only what depends on a change is evaluated again. The server repeats everything; its answer wins.
 */
import type { FieldRender, SubRow, Value, Values } from "@/api";
import type { Program, Rule } from "./program";

/** A row being edited; `key` holds it together on screen until the server gives an id. */
export interface EditRow extends SubRow {
  readonly key: string;
}

export interface FieldState {
  readonly visible: boolean;
  /** Hidden by a condition that is false, so that saving empties it and nothing reads its value. */
  readonly cleared: boolean;
  readonly required: boolean;
  readonly readonly: boolean;
}

/** Whether hiding the field empties it: not a constant, not `keep`, and nothing that depends on who is looking. */
export function clears({ visible, props }: FieldRender): boolean {
  return typeof visible === "object" && props["keep"] !== true && !readsUser(visible.ir);
}

function readsUser(ir: unknown): boolean {
  if (!Array.isArray(ir)) return false;
  return (ir[0] === "name" && ir[1] === "user") || ir.some(readsUser);
}

/** What the evaluator must know: it lives in `rules/feel`, handed in so that this file stays plain. */
export interface Evaluator {
  /** The value of an expression; `undefined` when it can only be asked from the server. */
  evaluate(expr: Rule["expr"], context: Context): unknown;
  toFeel(field: FieldRender, value: Value): unknown;
  fromFeel(field: FieldRender, value: unknown): Value;
}

export type Context = Readonly<Record<string, unknown>>;

export interface Settled {
  /** Values as entered, with formulas filled in; hidden fields keep what was entered until they are saved. */
  readonly values: Values;
  readonly states: Readonly<Record<string, FieldState>>;
  /** States inside a sub-table, by table, then by row. */
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, FieldState>>[]>>;
  readonly hiddenGroups: ReadonlySet<string>;
  /** Ids of the checks that hold against the record. */
  readonly rejected: ReadonlySet<string>;
  /** Expressions that the server must evaluate because what they read changed. */
  readonly ask: readonly Rule[];
}

/** Answers of the server by expression id (with the row's key behind `@` inside a sub-table). */
export type Answers = Readonly<Record<string, unknown>>;

export interface Inputs {
  readonly values: Values;
  readonly answers: Answers;
  /** Names beside the fields: `user`, `old`. */
  readonly scope: Context;
}

interface Previous {
  readonly inputs: Inputs;
  readonly settled: Settled;
}

const SHOWN: FieldState = { visible: true, cleared: false, required: false, readonly: false };

export function initialState(field: FieldRender): FieldState {
  const constant = (condition: unknown, otherwise: boolean) =>
    typeof condition === "boolean" ? condition : otherwise;
  return {
    visible: constant(field.visible, true),
    cleared: false,
    required: constant(field.required, false),
    readonly: constant(field.readonly, false) || field.computed || field.access !== "write",
  };
}

export function rowsOfValue(value: Value | undefined): readonly EditRow[] {
  return Array.isArray(value) ? (value as unknown as EditRow[]) : [];
}

/** Evaluates the form's rules over the inputs, again only where the previous pass no longer holds. */
export function settle(program: Program, evaluator: Evaluator, inputs: Inputs, previous?: Previous): Settled {
  const pass = new Pass(program, evaluator, inputs, previous);
  program.rules.forEach((rule) => pass.apply(rule));
  return pass.result();
}

function changedNames(inputs: Inputs, previous: Previous | undefined, program: Program): Set<string> {
  const all = Object.keys(program.form.fields);
  if (previous === undefined) return new Set(all);
  const names = all.filter((key) => inputs.values[key] !== previous.inputs.values[key]);
  return new Set(names);
}

/** One run over the rules. Mutable while it runs, never seen from outside. */
class Pass {
  private readonly values: Values;
  private readonly states: Record<string, FieldState> = {};
  private readonly rows: Record<string, Record<string, FieldState>[]> = {};
  private readonly hiddenGroups: Set<string>;
  private readonly rejected: Set<string>;
  private readonly ask: Rule[] = [];
  private readonly changed: Set<string>;
  private readonly context: Record<string, unknown>;
  private readonly everything: boolean;

  constructor(
    private readonly program: Program,
    private readonly evaluator: Evaluator,
    private readonly inputs: Inputs,
    private readonly previous: Previous | undefined,
  ) {
    this.values = { ...inputs.values };
    this.changed = changedNames(inputs, previous, program);
    this.everything = previous === undefined || previous.inputs.scope !== inputs.scope;
    this.hiddenGroups = new Set(previous?.settled.hiddenGroups);
    this.rejected = new Set(previous?.settled.rejected);
    for (const field of Object.values(program.form.fields)) this.startField(field);
    this.context = this.fullContext();
  }

  result(): Settled {
    const { values, states, rows, hiddenGroups, rejected, ask } = this;
    return { values, states, rows, hiddenGroups, rejected, ask };
  }

  /** Constants first; results of the previous pass stay until a rule says otherwise. */
  private startField(field: FieldRender): void {
    const before = this.previous?.settled;
    this.states[field.key] = before?.states[field.key] ?? initialState(field);
    if (field.formula && field.computed && before) {
      this.values[field.key] = before.values[field.key] ?? null;
      this.changed.delete(field.key);
    }
    if (field.type !== "subtable") return;
    if (before && !this.changed.has(field.key)) this.values[field.key] = before.values[field.key] ?? [];
    const columns = Object.values(field.fields ?? {});
    const states = Object.fromEntries(columns.map((column) => [column.key, initialState(column)]));
    this.rows[field.key] = rowsOfValue(this.values[field.key]).map(() => ({ ...states }));
  }

  private fullContext(): Record<string, unknown> {
    const fields = Object.values(this.program.form.fields);
    const own = Object.fromEntries(fields.map((field) => [field.key, this.feel(field)]));
    const context: Record<string, unknown> = { ...this.inputs.scope, ...own };
    context["record"] = context;
    return context;
  }

  private feel(field: FieldRender): unknown {
    const cleared = this.states[field.key]?.cleared === true;
    return this.evaluator.toFeel(field, cleared ? emptyOf(field) : (this.values[field.key] ?? null));
  }

  apply(rule: Rule): void {
    if (rule.sub !== undefined) this.applyToRows(rule, rule.sub);
    else if (this.isDue(rule)) this.applyToRecord(rule);
  }

  private isDue(rule: Rule): boolean {
    return (
      this.everything ||
      this.hasNewAnswer(rule.expr.id) ||
      [...rule.reads].some((name) => this.changed.has(name))
    );
  }

  private hasNewAnswer(id: string): boolean {
    return this.inputs.answers[id] !== this.previous?.inputs.answers[id];
  }

  private evaluate(rule: Rule, context: Context, id: string): unknown {
    const value = this.evaluator.evaluate(rule.expr, context);
    if (value !== undefined) return value;
    if (!this.hasNewAnswer(id)) this.ask.push(rule);
    return this.answered(rule, this.inputs.answers[id]);
  }

  /** Answers come as JSON of the field that they are for. */
  private answered(rule: Rule, answer: unknown): unknown {
    const outer = this.program.form.fields[rule.field];
    const field = rule.sub === undefined ? outer : outer?.fields?.[rule.sub];
    if (rule.kind !== "formula" || field === undefined || answer === undefined) return answer;
    return this.evaluator.toFeel(field, answer as Value);
  }

  private applyToRecord(rule: Rule): void {
    const value = this.evaluate(rule, this.context, rule.expr.id);
    if (rule.kind === "group") toggle(this.hiddenGroups, rule.field, value === false);
    else if (rule.kind === "check") toggle(this.rejected, rule.field, value === true);
    else if (value !== undefined) this.setField(rule, value);
  }

  private setField(rule: Rule, value: unknown): void {
    const field = this.program.form.fields[rule.field];
    if (field === undefined) return;
    if (rule.kind === "formula") this.setFormula(field, value);
    else this.setState(field, stateAfter(field, this.states[field.key] ?? SHOWN, rule, value));
  }

  private setFormula(field: FieldRender, value: unknown): void {
    const next = this.evaluator.fromFeel(field, value);
    const entered = this.inputs.values[field.key] ?? null;
    if (!field.computed && entered !== null) return;
    if (sameValue(this.values[field.key], next)) return;
    this.values[field.key] = next;
    this.touch(field);
  }

  private setState(field: FieldRender, next: FieldState): void {
    const before = this.states[field.key];
    this.states[field.key] = next;
    if (before?.cleared !== next.cleared) this.touch(field);
  }

  private touch(field: FieldRender): void {
    this.changed.add(field.key);
    this.context[field.key] = this.feel(field);
  }

  // --- rows ----------------------------------------------------------------------------------------

  private applyToRows(rule: Rule, sub: string): void {
    const table = this.program.form.fields[rule.field];
    const column = table?.fields?.[sub];
    if (table === undefined || column === undefined) return;
    const before = rowsOfValue(this.values[table.key]);
    const after = before.map((row, index) => this.applyToRow(rule, table, column, row, index));
    if (after.every((row, index) => row === before[index])) return;
    this.values[table.key] = after as unknown as Value;
    this.touch(table);
  }

  private applyToRow(
    rule: Rule,
    table: FieldRender,
    column: FieldRender,
    row: EditRow,
    index: number,
  ): EditRow {
    const value = this.evaluate(rule, this.rowContext(table, row, index), `${rule.expr.id}@${row.key}`);
    if (value === undefined) return row;
    if (rule.kind === "formula") return withCell(row, column.key, this.evaluator.fromFeel(column, value));
    const states = this.rows[table.key]?.[index];
    const state = states?.[column.key];
    if (states && state) states[column.key] = stateAfter(column, state, rule, value);
    return row;
  }

  private rowContext(table: FieldRender, row: EditRow, index: number): Context {
    const states = this.rows[table.key]?.[index] ?? {};
    const cells = Object.values(table.fields ?? {}).map((column) => {
      const cleared = states[column.key]?.cleared === true;
      const value = cleared ? emptyOf(column) : (row.values[column.key] ?? null);
      return [column.key, this.evaluator.toFeel(column, value)];
    });
    return { ...this.context, ...Object.fromEntries(cells), parent: this.context };
  }
}

/** A state with one rule's value in it: each holds only when true, and only false clears (`engine/forms/evaluate`). */
function stateAfter(field: FieldRender, before: FieldState, { kind }: Rule, value: unknown): FieldState {
  const is = value === true;
  if (kind === "visible") return same(before, { visible: is, cleared: value === false && clears(field) });
  return same(before, { [kind]: kind === "readonly" ? is || initialState(field).readonly : is });
}

/** The same object where nothing changes, so that what shows it is not drawn again. */
function same(before: FieldState, change: Partial<FieldState>): FieldState {
  const next = { ...before, ...change };
  return sameValue(next as unknown as Value, before as unknown as Value) ? before : next;
}

function withCell(row: EditRow, key: string, value: Value): EditRow {
  return sameValue(row.values[key], value) ? row : { ...row, values: { ...row.values, [key]: value } };
}

function toggle(set: Set<string>, name: string, on: boolean): void {
  if (on) set.add(name);
  else set.delete(name);
}

function emptyOf(field: FieldRender): Value {
  if (field.type === "checkbox") return false;
  return field.type === "subtable" ? [] : null;
}

/** Whether two values say the same; numbers may come as text with more digits (api/json.ts). */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
