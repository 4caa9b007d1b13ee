/** Checks over several fields of a record, as the document holds them (design/forms.md §3). */
import type { FormDocument, Label } from "./document";

/** Refuses what `reject` describes, or a combination of `unique` fields that another record has already. */
export interface CheckDocument {
  readonly reject?: string;
  readonly unique?: readonly string[];
  /** Field that shows the message; without it the message stands above the form. */
  readonly at?: string;
  readonly message: Label;
  readonly severity?: "error" | "warning";
}

export function checksOf(document: FormDocument): readonly CheckDocument[] {
  const checks = document["checks"];
  return Array.isArray(checks) ? (checks as CheckDocument[]) : [];
}

function withChecks(document: FormDocument, checks: readonly CheckDocument[]): FormDocument {
  const { checks: _old, ...rest } = document;
  return checks.length > 0 ? { ...rest, checks } : (rest as FormDocument);
}

export function addCheck(document: FormDocument, message: Label): FormDocument {
  return withChecks(document, [...checksOf(document), { message }]);
}

/** Properties set to undefined are taken out. */
export function setCheck(
  document: FormDocument,
  index: number,
  change: { readonly [Property in keyof CheckDocument]?: CheckDocument[Property] | undefined },
): FormDocument {
  const checks = checksOf(document);
  const before = checks[index];
  if (before === undefined) return document;
  const entries = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
  return withChecks(document, checks.with(index, Object.fromEntries(entries) as unknown as CheckDocument));
}

export function removeCheck(document: FormDocument, index: number): FormDocument {
  return withChecks(document, checksOf(document).toSpliced(index, 1));
}
