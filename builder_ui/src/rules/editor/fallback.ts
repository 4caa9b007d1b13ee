/** An operand that may be empty: where it stands, and FEEL to go on with; "" where nothing is obvious. */
export interface Hint {
  readonly span: { readonly start: number; readonly end: number };
  readonly name: string;
  readonly fallback: string;
}

/** The text with the operand taken as its fallback while it is empty. Places count characters, not UTF-16 units. */
export function withFallback(text: string, { span, fallback }: Hint): string {
  const signs = [...text];
  const operand = signs.slice(span.start, span.end).join("");
  const guarded = `(if ${operand} = null then ${fallback} else ${operand})`;
  return [...signs.slice(0, span.start), guarded, ...signs.slice(span.end)].join("");
}
