/**
 * Cells as people read them: values, comparisons and ranges of constants. What is more than that stays FEEL text,
 * which the server reads. Every cell that is read here is written back with the same meaning.
 */

export type Literal =
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "temporal"; readonly maker: string; readonly text: string }
  | { readonly kind: "null" };

export type Comparison = "<" | "<=" | ">" | ">=";

export type Test =
  | { readonly op: "="; readonly value: Literal }
  | { readonly op: Comparison; readonly value: Literal }
  | {
      readonly op: "range";
      readonly low: Literal;
      readonly high: Literal;
      readonly lowIn: boolean;
      readonly highIn: boolean;
    };

export type InputCell =
  | { readonly kind: "any" }
  | { readonly kind: "tests"; readonly negated: boolean; readonly tests: readonly Test[] }
  | { readonly kind: "feel"; readonly text: string };

export type OutputCell =
  | { readonly kind: "none" }
  | { readonly kind: "values"; readonly values: readonly Literal[] }
  | { readonly kind: "feel"; readonly text: string };

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|(date and time|date|time|duration)\s*\(\s*("[^"]*")\s*\)|@("[^"]*")|(not)\s*(?=\()|(true|false|null)\b|(<=|>=|<|>|=|\.\.|[[\](),-]))/uy;

type Token =
  { readonly kind: "literal"; readonly value: Literal } | { readonly kind: "sign"; readonly text: string };

const temporal = (maker: string, quoted: string): Literal => ({
  ...{ kind: "temporal", maker },
  text: unquoted(quoted),
});

function tokenOf(match: RegExpExecArray): Token {
  const [, string, number, maker, made, at, not, word, sign] = match;
  const literal = (value: Literal): Token => ({ kind: "literal", value });
  if (string !== undefined) return literal({ kind: "string", text: unquoted(string) });
  if (number !== undefined) return literal({ kind: "number", text: number });
  if (maker !== undefined) return literal(temporal(maker, made ?? '""'));
  if (at !== undefined) return literal(temporal(makerOf(unquoted(at)), at));
  if (word === "null") return literal({ kind: "null" });
  if (word !== undefined) return literal({ kind: "boolean", value: word === "true" });
  return { kind: "sign", text: not ?? sign ?? "" };
}

function makerOf(text: string): string {
  if (text.includes("P")) return "duration";
  return text.includes("T") ? "date and time" : text.includes(":") ? "time" : "date";
}

function tokensOf(text: string): readonly Token[] | null {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (!match) return null;
    found.push(tokenOf(match));
  }
  return found;
}

export function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(.)/gu, (_, letter: string) => ({ n: "\n", t: "\t" })[letter] ?? letter);
}

export function quotedText(text: string): string {
  const escaped = text.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t");
  return `"${escaped}"`;
}

/** Takes tokens from the front; null once something does not fit. */
class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get isDone(): boolean {
    return this.at === this.tokens.length;
  }

  sign(...texts: string[]): string | null {
    const token = this.tokens[this.at];
    if (token?.kind !== "sign" || !texts.includes(token.text)) return null;
    this.at += 1;
    return token.text;
  }

  literal(): Literal | null {
    const token = this.tokens[this.at];
    if (token?.kind !== "literal") return null;
    this.at += 1;
    return token.value;
  }

  test(): Test | null {
    const compared = this.sign("<", "<=", ">", ">=");
    if (compared) {
      const value = this.literal();
      return value && { op: compared as Comparison, value };
    }
    const opening = this.sign("[", "]", "(");
    if (opening) return this.range(opening === "[");
    const value = this.literal();
    return value && { op: "=", value };
  }

  private range(lowIn: boolean): Test | null {
    const low = this.literal();
    if (!low || !this.sign("..")) return null;
    const high = this.literal();
    const closing = this.sign("]", "[", ")");
    return high && closing ? { op: "range", low, high, lowIn, highIn: closing === "]" } : null;
  }

  tests(): readonly Test[] | null {
    const found: Test[] = [];
    do {
      const test = this.test();
      if (!test) return null;
      found.push(test);
    } while (this.sign(","));
    return found;
  }
}

/** Unary tests of an input; an empty cell is `-`, as the server takes it. */
export function readTests(text: string): InputCell {
  const whole: InputCell = { kind: "feel", text };
  const tokens = tokensOf(text);
  if (!tokens) return whole;
  const reader = new Reader(tokens);
  if (reader.isDone || (reader.sign("-") && reader.isDone)) return { kind: "any" };
  const negated = reader.sign("not") !== null;
  if (negated && !reader.sign("(")) return whole;
  const tests = reader.tests();
  if (!tests || (negated && !reader.sign(")")) || !reader.isDone) return whole;
  return { kind: "tests", negated, tests };
}

/** A value of an output, or a list of values as several rows give. */
export function readOutput(text: string): OutputCell {
  const tokens = tokensOf(text);
  if (!tokens) return { kind: "feel", text };
  const reader = new Reader(tokens);
  if (reader.isDone || (reader.sign("-") && reader.isDone)) return { kind: "none" };
  const values = reader.sign("[") ? listed(reader) : [reader.literal()];
  if (!reader.isDone || values.some((value) => value === null)) return { kind: "feel", text };
  const known = values as Literal[];
  return known.length === 1 && known[0]?.kind === "null"
    ? { kind: "none" }
    : { kind: "values", values: known };
}

function listed(reader: Reader): (Literal | null)[] {
  if (reader.sign("]")) return [];
  const values = [reader.literal()];
  while (reader.sign(",")) values.push(reader.literal());
  if (!reader.sign("]")) values.push(null);
  return values;
}

export function writeLiteral(value: Literal): string {
  switch (value.kind) {
    case "number":
      return value.text;
    case "string":
      return quotedText(value.text);
    case "boolean":
      return String(value.value);
    case "temporal":
      return `${value.maker}(${quotedText(value.text)})`;
    case "null":
      return "null";
  }
}

export function writeTest(test: Test): string {
  if (test.op === "=") return writeLiteral(test.value);
  if (test.op !== "range") return `${test.op} ${writeLiteral(test.value)}`;
  const ends = `${writeLiteral(test.low)}..${writeLiteral(test.high)}`;
  return `${test.lowIn ? "[" : "("}${ends}${test.highIn ? "]" : ")"}`;
}

export function writeTests(cell: InputCell): string {
  if (cell.kind === "any") return "-";
  if (cell.kind === "feel") return cell.text;
  if (cell.tests.length === 0) return "-";
  const tests = cell.tests.map(writeTest).join(",");
  return cell.negated ? `not(${tests})` : tests;
}
