/** One evaluation: what it reads, its budget, the problems it meets. */
import { BudgetFault, Fault, type FeelDateTime, type FeelValue } from "./values";

export const LIMITS = { steps: 100_000, list: 10_000, text: 100_000, problems: 50 } as const;

/** A problem by its code; texts and places come from the server, which checked the expression when it was saved. */
export interface RunProblem {
  readonly code: string;
}

export class Machine {
  readonly problems: RunProblem[] = [];
  private steps: number = LIMITS.steps;

  constructor(
    readonly names: ReadonlyMap<string, FeelValue>,
    readonly now: FeelDateTime,
    /** Names that are declared, with a value or without. */
    readonly declared: ReadonlySet<string>,
  ) {}

  /** Notes a problem; the operation that met it is null. */
  fail(code: string): null {
    if (this.problems.length < LIMITS.problems) this.problems.push({ code });
    return null;
  }

  /** What `compute` gives; a fault inside becomes null and a problem. */
  attempt(compute: () => FeelValue): FeelValue {
    try {
      return compute();
    } catch (fault) {
      if (fault instanceof Fault) return this.fail(fault.code);
      throw fault;
    }
  }

  spend(steps: number): void {
    this.steps -= steps;
    if (this.steps < 0) throw new BudgetFault("feel.limit.steps");
  }
}

export function checkLength(length: number): void {
  if (length > LIMITS.list) throw new Fault("feel.limit.list");
}

export function checkText(length: number): void {
  if (length > LIMITS.text) throw new Fault("feel.limit.text");
}
