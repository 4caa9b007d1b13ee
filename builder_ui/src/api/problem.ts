import type { Problem } from "./types";

interface Body {
  title?: string;
  detail?: string;
  code?: string;
  problems?: Problem[];
}

/** An answer that is not 2xx, read from application/problem+json. `status` 0: the server was not reached. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly problems: readonly Problem[];

  constructor(status: number, body: Body) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.name = "ApiProblem";
    this.status = status;
    this.code = body.code ?? "";
    this.title = body.title ?? "";
    this.problems = body.problems ?? [];
  }

  /** The problems' sentences, else the detail: what a toast or a notice shows. */
  get sentences(): string[] {
    const all = this.problems.map((problem) => problem.message);
    return all.length > 0 ? all : [this.message];
  }
}

export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.sentences.join(" ");
  return error instanceof Error ? error.message : String(error);
}
