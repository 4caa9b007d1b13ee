/** Tokens of the condition subset of FEEL. Whatever else is found makes the text "not a condition tree". */
export type Token =
  | { kind: "name"; text: string }
  | { kind: "string"; text: string }
  | { kind: "number"; text: string }
  | { kind: "mark"; text: string }
  | { kind: "end"; text: "" };

const SHAPE =
  /\s*(?:(?<name>(?:date and time|starts with|ends with)(?=\s*\()|[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)|(?<mark><=|>=|!=|[=<>(),+*/[\]{}-]))/iy;

function unquoted(source: string): string | null {
  try {
    return JSON.parse(source) as string;
  } catch {
    // An escape that JSON does not know: the text is left to the FEEL editor.
    return null;
  }
}

function toToken(groups: Record<string, string | undefined>): Token | null {
  if (groups["string"] !== undefined) {
    const text = unquoted(groups["string"]);
    return text === null ? null : { kind: "string", text };
  }
  for (const kind of ["name", "number", "mark"] as const) {
    const text = groups[kind];
    if (text !== undefined) return { kind, text };
  }
  return null;
}

/** The tokens of the text, closed by "end"; null when a character belongs to none. */
export function tokenize(text: string): Token[] | null {
  const source = text.trim();
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    SHAPE.lastIndex = at;
    const match = SHAPE.exec(source);
    const token = match?.groups ? toToken(match.groups) : null;
    if (!token) return null;
    tokens.push(token);
    at = SHAPE.lastIndex;
  }
  tokens.push({ kind: "end", text: "" });
  return tokens;
}
