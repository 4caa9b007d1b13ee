/**
 * Colours for a text that the server reads: words, strings, numbers. This is no parser: what a text means, and whether
 * it means anything, the server says.
 */
export type TokenKind = "string" | "number" | "keyword" | "function" | "name" | "comment";

export interface Token {
  readonly from: number;
  readonly to: number;
  readonly kind: TokenKind;
  readonly text: string;
}

const KEYWORDS = new Set(
  "and or not if then else for in return some every satisfies between instance of function true false null".split(
    " ",
  ),
);
const COMMENT = String.raw`(?<comment>//[^\n]*|/\*[\s\S]*?(?:\*/|$))`;
const STRING = String.raw`(?<string>"(?:\\.|[^"\\])*(?:"|$)|“[^”]*(?:”|$))`;
const NUMBER = String.raw`(?<number>\d+(?:\.\d+)?)`;
const NAME = String.raw`(?<name>[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)`;

export type Tokenizer = (text: string) => Token[];

/** Finds the coloured parts of texts; the names of functions may hold blanks (`date and time`). */
export function tokenizer(functions: readonly string[]): Tokenizer {
  const longestFirst = [...functions].sort((a, b) => b.length - a.length);
  const call = longestFirst.length ? [String.raw`\b(?<function>${longestFirst.join("|")})(?=\s*\()`] : [];
  const pattern = new RegExp([COMMENT, STRING, NUMBER, ...call, NAME].join("|"), "gu");
  return (text) =>
    [...text.matchAll(pattern)].map((found) => {
      const [kind, part] = Object.entries(found.groups ?? {}).find(([, value]) => value !== undefined)!;
      const word = kind === "name" && KEYWORDS.has(part!) ? "keyword" : (kind as TokenKind);
      return { from: found.index, to: found.index + part!.length, text: part!, kind: word };
    });
}

/** The longest known name that `path` begins with, cut at a dot: `lines.price.x` gives `lines.price`. */
export function longestKnown(path: string, known: ReadonlyMap<string, unknown>): string | null {
  for (let at = path.length; at > 0; at = path.lastIndexOf(".", at - 1)) {
    const candidate = path.slice(0, at);
    if (known.has(candidate)) return candidate;
  }
  return null;
}
